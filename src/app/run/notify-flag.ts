/** The description of the flag that turns the bell off at the end of a long run. */
export const NO_NOTIFY_FLAG = {
  description: 'Do not ring at a terminal when a run that took over a minute ends.',
} as const
