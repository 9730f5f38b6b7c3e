import {onCleanup} from './cleanup.js'

/** Makes the program see another platform, until the test is over. */
export function pretendPlatform(platform: NodeJS.Platform): void {
  const before = Object.getOwnPropertyDescriptor(process, 'platform')
  Object.defineProperty(process, 'platform', {...before, value: platform})
  onCleanup(() => {
    Object.defineProperty(process, 'platform', before ?? {})
  })
}
