import {pathOf} from './rooms.js'
import type {SourceFile, Violation} from './source-file.js'

type Graph = ReadonlyMap<string, readonly string[]>

/** Finds circles of imports, each once; an `import type` closes one as well. */
export function findCircles(files: readonly SourceFile[]): Violation[] {
  const graph: Graph = new Map(
    files.map(({file, imports}) => [
      file,
      imports.flatMap(({specifier}) => pathOf(file, specifier) ?? []),
    ]),
  )
  const reported = new Set<string>()
  return [...graph.keys()].sort().flatMap((file) => {
    if (reported.has(file)) return []
    const circle = shortestWayBack(graph, file)
    if (!circle) return []
    circle.forEach((member) => reported.add(member))
    return [{file, import: circle[1] ?? file, rule: `a circle: ${circle.join(' → ')}`}]
  })
}

/** The shortest way along imports from a file to itself: breadth first. */
function shortestWayBack(graph: Graph, start: string): string[] | undefined {
  const ways: string[][] = [[start]]
  const seen = new Set<string>()
  for (const way of ways) {
    for (const next of graph.get(way.at(-1) ?? start) ?? []) {
      if (next === start) return [...way, start]
      if (seen.has(next)) continue
      seen.add(next)
      ways.push([...way, next])
    }
  }
  return undefined
}
