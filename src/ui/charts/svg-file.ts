/** What a stylesheet may have set and a file of its own must carry along. */
const carried = [
  ...['fill', 'fill-opacity', 'stroke', 'stroke-width', 'stroke-dasharray', 'stroke-linecap'],
  ...['stroke-linejoin', 'stroke-opacity', 'opacity', 'font-family', 'font-size', 'font-weight'],
  ...['text-anchor', 'dominant-baseline', 'letter-spacing', 'paint-order'],
];
const namespace = 'http://www.w3.org/2000/svg';

/**
 * A drawn chart as an SVG file that stands alone: computed styles become attributes, and its title and
 * legend are written above it.
 * @param legend the legend's items, each with a drawn swatch and its text
 */
export function svgFile(
  chart: SVGSVGElement,
  title: string,
  legend: readonly HTMLElement[] = [],
): Blob {
  const width = chart.clientWidth;
  const height = chart.clientHeight;
  const file = element('svg', { xmlns: namespace, width, 'font-family': 'sans-serif' });
  const style = getComputedStyle(chart.parentElement ?? chart);
  const ink = { fill: style.color, 'font-family': style.fontFamily };
  const heading = element('text', { ...ink, x: 8, y: 20, 'font-size': 15, 'font-weight': 600 });
  heading.textContent = title;
  const ground = element('rect', { width: '100%', height: '100%', fill: paperOf(chart) });
  file.append(ground, heading);
  let x = 8;
  let y = 44;
  for (const item of legend) {
    const box = item.getBoundingClientRect();
    if (x > 8 && x + box.width > width) [x, y] = [8, y + 20];
    const swatch = item.querySelector('svg');
    if (swatch !== null) file.append(place(swatch, x, y - 4 - swatch.clientHeight / 2));
    const text = element('text', {
      ...ink,
      'font-size': 13,
      x: x + (swatch?.clientWidth ?? 0) + 6,
      y,
    });
    text.textContent = item.textContent.trim();
    file.append(text);
    x += box.width + 16;
  }
  const top = legend.length === 0 ? 32 : y + 12;
  file.append(place(chart, 0, top));
  file.setAttribute('height', String(top + height));
  file.setAttribute('viewBox', `0 0 ${width} ${top + height}`);
  return new Blob([new XMLSerializer().serializeToString(file)], { type: 'image/svg+xml' });
}

function place(drawing: SVGSVGElement, x: number, y: number): SVGElement {
  const copy = withStyles(drawing) as SVGElement;
  const size = { x, y, width: drawing.clientWidth, height: drawing.clientHeight };
  for (const [name, value] of Object.entries(size)) copy.setAttribute(name, String(value));
  return copy;
}

function withStyles(source: Element): Element {
  const copy = source.cloneNode(false) as Element;
  for (const name of ['class', 'style', 'tabindex', 'role']) copy.removeAttribute(name);
  const style = getComputedStyle(source);
  for (const property of carried) {
    const value = style.getPropertyValue(property);
    if (value !== '') copy.setAttribute(property, value);
  }
  for (const child of source.childNodes) {
    if (child instanceof Element) {
      if (!child.hasAttribute('data-screen-only')) copy.append(withStyles(child));
    } else if (child.nodeType === Node.TEXT_NODE) {
      copy.append(child.cloneNode());
    }
  }
  return copy;
}

/** The nearest painted background behind an element. */
function paperOf(start: Element): string {
  for (let at: Element | null = start; at !== null; at = at.parentElement) {
    const { backgroundColor } = getComputedStyle(at);
    if (backgroundColor !== 'rgba(0, 0, 0, 0)') return backgroundColor;
  }
  return 'white';
}

function element(name: string, attributes: Record<string, string | number>): SVGElement {
  const made = document.createElementNS(namespace, name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, String(value));
  return made;
}
