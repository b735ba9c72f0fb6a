/** Saves a stream as a file that the browser downloads. @returns its bytes */
export async function saveStream(stream: ReadableStream<Uint8Array<ArrayBuffer>>, name: string): Promise<number> {
  // The browser keeps a blob's parts on disk when they are many.
  const blob = await new Response(stream).blob();
  const url = URL.createObjectURL(blob);
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  // The download has begun by then; it holds on to the blob itself.
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
  return blob.size;
}
