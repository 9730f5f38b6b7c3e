// Reports to scripts/bench.js, on file descriptor 3, the CPU time and the peak memory of the
// process.
process.once('exit', () => {
  const {userCPUTime, systemCPUTime, maxRSS} = process.resourceUsage()
  require('node:fs').writeSync(3, `${userCPUTime + systemCPUTime} ${maxRSS}`)
})
