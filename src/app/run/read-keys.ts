const ESC = '\u001B'
const CSI = '\u009B'

/**
 * Makes a function that finds the keys in what a terminal in raw mode sends. Arrows and the like are
 * none: they come as ESC, `[` and a letter, which must not be taken for the letter. Neither is a
 * paste, which comes as several letters at once.
 *
 * @returns a function that takes one read, and gives a control character or a letter
 */
export function keyReader(): (chunk: string) => string[] {
  let state: 'escape' | 'sequence' | 'single' | 'text' = 'text'
  return (chunk) => {
    const keys: string[] = []
    for (const character of chunk) {
      if (character === '\u0003' || character === '\u001A') {
        state = 'text'
        keys.push(character)
      } else if (character === ESC) {
        state = 'escape'
      } else if (character === CSI) {
        state = 'sequence'
      } else if (state === 'escape') {
        state = character === '[' ? 'sequence' : character === 'O' ? 'single' : 'text'
      } else if (state === 'sequence') {
        if (character >= '@' && character <= '~') state = 'text'
      } else if (state === 'single') {
        state = 'text'
      } else {
        keys.push(character)
      }
    }
    const letters = keys.filter((key) => key >= ' ')
    return letters.length > 1 ? keys.filter((key) => key < ' ') : keys
  }
}
