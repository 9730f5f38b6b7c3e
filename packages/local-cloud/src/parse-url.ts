/**
 * @returns the URL, or `undefined` where the text is not one (`URL.canParse` has a bug in Node 20)
 */
export function parseUrl(text: string, base?: string): URL | undefined {
  try {
    return new URL(text, base)
  } catch {
    return undefined
  }
}
