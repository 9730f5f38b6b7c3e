const BATCH = 64 * 1024

/**
 * Writes lines as fast as their reader takes them.
 *
 * @returns whether all of them were written: the reader may leave in the middle
 */
export async function writeLines(
  stream: NodeJS.WritableStream,
  lines: Iterable<string>,
): Promise<boolean> {
  let batch = ''
  for (const line of lines) {
    batch += `${line}\n`
    if (batch.length < BATCH) continue
    if (!(await written(stream, batch))) return false
    batch = ''
  }
  return batch === '' || written(stream, batch)
}

async function written(stream: NodeJS.WritableStream, text: string): Promise<boolean> {
  return new Promise((resolve) => {
    stream.write(text, (error) => {
      resolve(error === undefined || error === null)
    })
  })
}
