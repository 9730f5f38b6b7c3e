/** @returns the URL, or `undefined` where the text is none (`URL.canParse` errs in Node 20) */
export function parseUrl(text: string, base?: string): URL | undefined {
  try {
    return new URL(text, base)
  } catch {
    return undefined
  }
}
