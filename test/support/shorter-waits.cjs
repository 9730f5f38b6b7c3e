'use strict'

// Preloaded by tests: shortens to a tenth every wait of this process by its monotonic clock, or
// with a timer of five seconds or more.
const {syncBuiltinESMExports} = require('node:module')
const timers = require('node:timers')
const promises = require('node:timers/promises')

const {AbortSignal, performance} = globalThis
const shorter = (delay) => (delay >= 5000 ? delay / 10 : delay)

const {setTimeout: call} = timers
timers.setTimeout = (callback, delay, ...args) => call(callback, shorter(delay), ...args)
globalThis.setTimeout = timers.setTimeout

const {setTimeout: pause} = promises
promises.setTimeout = (delay, ...args) => pause(shorter(delay), ...args)
syncBuiltinESMExports()

const {timeout} = AbortSignal
AbortSignal.timeout = (delay) => timeout.call(AbortSignal, shorter(delay))

const now = performance.now.bind(performance)
performance.now = () => now() * 10
