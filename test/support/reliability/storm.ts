import {OTHERS, type Lab} from './lab.js'
import {type Tally, tally} from './tally.js'

/**
 * Makes many processes find the same expired access token at once. A round is lost unless one
 * refresh reached the server, all of them succeed, and the file contains the newest pair.
 */
export async function storm(lab: Lab, size: {processes: number; rounds: number}): Promise<Tally> {
  const result = tally(`${size.processes} processes find the token expired`)
  for (let round = 0; round < size.rounds; round += 1) {
    lab.expire()
    const before = lab.stored()
    lab.refreshes()
    const many = Array.from({length: size.processes}, async () =>
      lab.run(['whoami', '--verify', '--json'], {timeoutMs: 300_000}),
    )
    const answers = await Promise.all(many)
    const refreshes = lab.refreshes()
    const failed = answers.filter(({code}) => code !== 0)
    const after = lab.stored()
    const isNewest =
      after.refreshToken !== before.refreshToken && (await lab.server.knows(after.accessToken))
    result.count(
      refreshes === 1 && failed.length === 0 && isNewest && lab.text().includes(OTHERS),
      `${refreshes} refreshes, ${failed.length} failed: ${failed[0]?.stdout ?? ''}`,
    )
  }
  return result
}
