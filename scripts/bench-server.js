// The server for `npm run bench`: an account, and a run that has ended. It prints its port.
import {createServer} from 'node:http'
import {fileURLToPath} from 'node:url'

/** The path of this program. */
export const SERVER = fileURLToPath(import.meta.url)
export const RUN_ID = '5f0c8a4e-2b1d-4c3a-9e7f-0123456789ab'

export const createdAt = '2026-11-23T16:00:00.000Z'
export const run = {
  runId: RUN_ID,
  status: 'success',
  harness: 'codex',
  repoId: 'r',
  error: null,
  branch: {base: 'main', working: 'main', createBranch: false},
  createdAt,
  updatedAt: createdAt,
}
const event = {id: 'e1', type: 'finished', toolName: null, message: 'done', payload: {}, createdAt}

if (process.argv[1] === SERVER) {
  const server = createServer(({url = ''}, response) => {
    const data = url.includes(RUN_ID) ? {run, events: [event]} : {repos: []}
    response.setHeader('content-type', 'application/json').end(JSON.stringify({ok: true, data}))
  })
  server.listen(0, '127.0.0.1', () => console.log(server.address().port))
}
