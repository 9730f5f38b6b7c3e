const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']

/** An instant in local time, in a short form: `17:00` today, `23 Dec`, `3 Jan 2027`. */
export function when(instant: Date, now: Date): string {
  if (instant.toDateString() === now.toDateString()) {
    return timeOfDay(instant)
  }
  const day = `${instant.getDate()} ${MONTHS[instant.getMonth()] ?? ''}`
  return instant.getFullYear() === now.getFullYear() ? day : `${day} ${instant.getFullYear()}`
}

/** `17:00`, even where that is past midnight. */
export function timeOfDay(instant: Date): string {
  return clock(instant).slice(0, 5)
}

/** The time of day, in local time: `17:00:05`. */
export function clock(instant: Date): string {
  return [instant.getHours(), instant.getMinutes(), instant.getSeconds()]
    .map((number) => String(number).padStart(2, '0'))
    .join(':')
}
