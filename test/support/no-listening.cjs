'use strict'

// Preloaded by tests: simulates a sandbox in which no program may listen. The system's error code
// depends on the sandbox.
const {Server} = require('node:net')

const code = process.env.MOGPLEX_TEST_NO_LISTENING
Server.prototype.listen = function refuse() {
  process.nextTick(() => this.emit('error', Object.assign(new Error(`listen ${code}`), {code})))
  return this
}
