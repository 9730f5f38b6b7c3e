/** For the flag by which nothing rings when a long run ends. */
export const NO_NOTIFY_FLAG = {
  description: 'Do not ring at a terminal when a run that took over a minute ends.',
} as const
