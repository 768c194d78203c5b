// How does the browser save what the page has made?

/** Milliseconds after which every browser has taken the address. */
const keptMs = 60_000;

/** Offers the bytes as a file of that name. */
export function saveFile(name: string, bytes: Blob): void {
  const address = URL.createObjectURL(bytes);
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), keptMs);
}
