// Preloaded into the CLI: throws an unexpected error at the first request. The error contains all
// of auth.json and the request, as library errors do.
const {readFileSync} = require('node:fs')
const http = require('node:http')
const {join} = require('node:path')
const {setImmediate} = require('node:timers')

const {request} = http
http.request = (...args) => {
  const stored = readFileSync(join(process.env.HOME, '.mogplex', 'auth.json'), 'utf8')
  const {accessToken} = JSON.parse(stored).mogplex
  setImmediate(() => {
    const cause = Object.assign(new Error(`Bearer ${accessToken}`), {stored, options: args[1]})
    throw new Error(`It failed with ${stored}\n${Buffer.from(accessToken).toString('base64')}`, {
      cause,
    })
  })
  return request(...args)
}
