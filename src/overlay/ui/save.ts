/** Saves a stream as a file, through the browser's own download. */
export async function saveStream(stream: ReadableStream<Uint8Array<ArrayBuffer>>, name: string): Promise<void> {
  saveBlob(await new Response(stream).blob(), name);
}

/** Saves a blob as a file. */
export function saveBlob(blob: Blob, name: string): void {
  const url = URL.createObjectURL(blob);
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  // The download has its own hold on the blob by now.
  URL.revokeObjectURL(url);
}
