/** Hands a file to the person: the browser's own download, nothing leaves the machine. */
export function saveFile(content: Blob, name: string): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(content);
  link.download = name;
  link.click();
  // The download has begun by then; a URL revoked at once would cut it off in Firefox.
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}

/** A file name out of any title: lower case, words joined by hyphens. */
export function fileNameOf(title: string): string {
  const words = title.toLowerCase().match(/[\p{L}\p{N}_]+/gu) ?? [];
  return words.join('-') || 'chart';
}
