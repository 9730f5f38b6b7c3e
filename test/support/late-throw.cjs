// Loaded before the CLI: a timer that belongs to no plugin, and throws while plugins' hooks run.
const {clearInterval, setInterval} = require('node:timers')

const start = Date.now()
const timer = setInterval(() => {
  if (!globalThis.isPluginWaiting && Date.now() - start < 60_000) return
  clearInterval(timer)
  throw new Error('a timer of ours')
}, 5)
timer.unref()
