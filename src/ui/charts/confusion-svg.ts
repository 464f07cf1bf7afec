import type { ConfusionRow } from './confusion.ts';

const cellSize = 40;
const names = 150;

/** The matrix as an SVG file: rows are true classes, columns predicted ones, shade is the row's share. */
export function confusionSvg(title: string, rows: readonly ConfusionRow[]): Blob {
  const side = rows.length * cellSize;
  const top = names + 40;
  const drawn = rows.flatMap((row, i) => {
    const y = top + i * cellSize;
    const middle = y + cellSize / 2 + 4;
    return [
      text(names - 8, middle, 'end', shortened(row.label)),
      `<g transform="translate(${names + i * cellSize + cellSize / 2 + 4},${top - 8}) rotate(-90)">` +
        `${text(0, 0, 'start', shortened(row.label))}</g>`,
      ...row.cells.flatMap((cell, j) => {
        const x = names + j * cellSize;
        const fill = i === j ? '#1d6b50' : '#b3541e';
        return [
          `<rect x="${x}" y="${y}" width="${cellSize}" height="${cellSize}" stroke="#e2e5de" ` +
            `fill="${fill}" fill-opacity="${(cell.share * 0.55).toFixed(3)}"/>`,
          text(x + cellSize / 2, middle, 'middle', String(cell.count)),
        ];
      }),
    ];
  });
  const width = Math.max(names + side + 16, 360);
  const height = top + side + 16;
  const file =
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" ` +
    `viewBox="0 0 ${width} ${height}" font-family="sans-serif" font-size="12">` +
    `<rect width="100%" height="100%" fill="white"/>` +
    `<text x="8" y="20" font-size="15" font-weight="600">${escaped(title)}</text>` +
    `${text(names - 8, top - 8, 'end', 'true ↓  predicted →')}${drawn.join('')}</svg>`;
  return new Blob([file], { type: 'image/svg+xml' });
}

function text(x: number, y: number, anchor: string, content: string): string {
  return `<text x="${x}" y="${y}" text-anchor="${anchor}">${escaped(content)}</text>`;
}

function shortened(label: string): string {
  return label.length > 22 ? `${label.slice(0, 21)}…` : label;
}

function escaped(content: string): string {
  const entities: Record<string, string> = {
    '&': '&amp;',
    '<': '&lt;',
    '>': '&gt;',
    '"': '&quot;',
  };
  return content.replaceAll(/[&<>"]/g, (sign) => entities[sign] ?? sign);
}
