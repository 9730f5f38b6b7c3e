import type {ClientRequest} from 'node:http'
import {MAX_INTERIM_ANSWERS} from '../../domain/network/answer-limits.js'

interface Asked {
  on(event: 'request', listener: (request: ClientRequest) => void): unknown
}

/**
 * Watches for 1xx responses, of which Node reads any number and as fast as they come.
 *
 * @param refuse - called when there are too many
 */
export function limitInterimAnswers(asked: Asked, refuse: (most: string) => void): void {
  asked.on('request', (request) => {
    let count = 0
    request.on('information', () => {
      count += 1
      if (count === MAX_INTERIM_ANSWERS + 1) refuse(`${MAX_INTERIM_ANSWERS} interim answers`)
    })
  })
}
