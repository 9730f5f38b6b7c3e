import {onCleanup} from './cleanup.js'

/** Lets the program take this system for another one, until the test is over. */
export function pretendPlatform(platform: NodeJS.Platform): void {
  const before = Object.getOwnPropertyDescriptor(process, 'platform')
  Object.defineProperty(process, 'platform', {...before, value: platform})
  onCleanup(() => {
    Object.defineProperty(process, 'platform', before ?? {})
  })
}
