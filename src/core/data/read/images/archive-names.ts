/** What file managers put into archives besides what one packed, and what is hidden. */
const JUNK = /^(?:__MACOSX|Thumbs\.db|desktop\.ini|\..*)$/i;
const IMAGE = /\.(?:png|jpe?g|jpe|jfif|gif|webp|bmp|dib)$/i;
/** Images that browsers do not all show. */
const OTHER_IMAGE = /\.(?:tiff?|svg|avif|heic|heif|ico|jp2|jxl|psd|pgm|ppm|pbm|tga)$/i;
const MANIFEST = /\.(?:csv|tsv)$/i;

export type FileKind = 'image' | 'other-image' | 'manifest' | 'other' | 'junk';

/** What a file in an archive is, by its path alone. */
export function fileKind(path: string): FileKind {
  const parts = pathParts(path);
  if (path.endsWith('/') || parts.length === 0 || parts.some((part) => JUNK.test(part))) {
    return 'junk';
  }
  if (IMAGE.test(path)) return 'image';
  if (OTHER_IMAGE.test(path)) return 'other-image';
  return MANIFEST.test(path) ? 'manifest' : 'other';
}

/** The folders and the name of a path; `./a//b.png` is `a/b.png`. */
export function pathParts(path: string): string[] {
  return path.split('/').filter((part) => part !== '' && part !== '.');
}

export function plainPath(path: string): string {
  return pathParts(path).join('/');
}
