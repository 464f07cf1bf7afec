import { inTurn, personalDetector } from './personal-kind.ts';

const OCTET = '(?:25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)';
const V4 = new RegExp(`^${OCTET}(?:\\.${OCTET}){3}(?:/\\d{1,2}|:\\d{1,5})?$`);
/** In prose a third octet is no version's: it has two digits or more somewhere beyond the first. */
const V4_IN_PROSE = new RegExp(`(?<![\\d.])${OCTET}(?:\\.${OCTET}){3}(?![\\d.]*\\d)`);
const HEX = /^[\da-f]{1,4}$/i;

/** An address of IPv4 or IPv6 (RFC 4291, section 2.2), with a port or a prefix length at most. */
function isIp(text: string): boolean {
  return (
    V4.test(text) ||
    isV6(
      text
        .replace(/\/\d{1,3}$/, '')
        .replace(/^\[(.*)\](?::\d+)?$/, '$1')
        .replace(/%\w+$/, ''),
    )
  );
}

function isV6(text: string): boolean {
  if (!text.includes(':') || text.length < 3 || text.length > 45) return false;
  const halves = text.split('::');
  if (halves.length > 2) return false;
  const groups = halves.flatMap((half) => (half === '' ? [] : half.split(':')));
  const tail = groups.at(-1) ?? '';
  const mapped = tail.includes('.') && V4.test(tail) ? 2 : 0;
  const plain = mapped > 0 ? groups.slice(0, -1) : groups;
  if (!plain.every((group) => HEX.test(group))) return false;
  const length = plain.length + mapped;
  // Times such as 12:30 have no `::` and too few groups.
  return halves.length === 2 ? length <= 7 && (length > 1 || text === '::1') : length === 8;
}

const kind = {
  code: 'personal_ip',
  what: 'IP addresses',
  header: /(?:^| )(?:ip|ipv4|ipv6|ips|remote addr|client addr)(?: |$)/,
  otherHeader:
    /(?:^| )(?:versions?|ver|build|release|firmware|revision|rev|driver|software|section|chapter|oid)(?: |$)/,
  numbers: 'never',
} as const;

const inColumns = personalDetector({ ...kind, matches: isIp, share: 0.3, shareWithHeader: 0.05 });
/** Lines of a log; versions such as 1.2.3.4 stand in release notes, and there seldom in each. */
const inLines = personalDetector({
  ...kind,
  what: 'texts with IP addresses',
  matches: (text) =>
    text.length > 15 && V4_IN_PROSE.test(text) && !/v(?:ersion)?\.? ?\d+\.\d/i.test(text),
  share: 0.02,
  shareWithHeader: 0.02,
});

export const ips = inTurn(inColumns, inLines);
