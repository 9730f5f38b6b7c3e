/** `1 token`, `1,200 tokens`: how many there are of something. */
export function counted(count: number, one: string, several = `${one}s`): string {
  // What groups digits takes longer to load than a command to run.
  const digits = count < 1000 ? String(count) : count.toLocaleString('en-US')
  return `${digits} ${count === 1 ? one : several}`
}
