/** `1 token`, `1,200 tokens`: a number with its noun. */
export function counted(count: number, one: string, several = `${one}s`): string {
  // Loading locale data for digit grouping takes longer than a whole command.
  const digits = count < 1000 ? String(count) : count.toLocaleString('en-US')
  return `${digits} ${count === 1 ? one : several}`
}
