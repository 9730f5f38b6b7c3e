// Tells scripts/bench.js, on file descriptor 3, how much CPU and memory the process took at most.
process.once('exit', () => {
  const {userCPUTime, systemCPUTime, maxRSS} = process.resourceUsage()
  require('node:fs').writeSync(3, `${userCPUTime + systemCPUTime} ${maxRSS}`)
})
