/** `7s`, `2m 13s`, `1h 02m`, `3d 4h`. */
export function durationText(milliseconds: number): string {
  const seconds = Math.max(0, Math.floor(milliseconds / 1000))
  const [hours, minutes] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60]
  if (hours >= 48) return `${Math.floor(hours / 24)}d ${hours % 24}h`
  if (hours > 0) return `${hours}h ${two(minutes)}m`
  return seconds < 60 ? `${seconds}s` : `${minutes}m ${two(seconds % 60)}s`
}

/** `2m 13s ago`; empty where unknown. */
export function agoText(instant: Date | undefined, now: Date): string {
  return instant === undefined ? '' : `${durationText(now.getTime() - instant.getTime())} ago`
}

/** The time of day, in local time: `17:00:05`. */
export function clockText(instant: Date | undefined): string {
  if (instant === undefined) return ''
  return [instant.getHours(), instant.getMinutes(), instant.getSeconds()].map(two).join(':')
}

function two(number: number): string {
  return String(number).padStart(2, '0')
}
