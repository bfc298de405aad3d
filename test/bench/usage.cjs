// Required by a measured process: on its way out it writes what it used. Small, so that it adds next to nothing itself.
const { writeFileSync } = require("node:fs");

const file = process.env.BENCH_USAGE;
process.on("exit", () => {
  const { userCPUTime, systemCPUTime, maxRSS } = process.resourceUsage();
  // Microseconds, and KiB.
  writeFileSync(file, JSON.stringify({ cpu: userCPUTime + systemCPUTime, rss: maxRSS }));
});
