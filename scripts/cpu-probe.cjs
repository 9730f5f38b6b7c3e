// Tells scripts/bench.js, on file descriptor 3, how much CPU the process took.
process.once('exit', () => {
  const {user, system} = process.cpuUsage()
  require('node:fs').writeSync(3, String(user + system))
})
