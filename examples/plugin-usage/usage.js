/**
 * Counts what the account may use. What the server answers is checked before it is trusted.
 *
 * @param {import('@mogplex/plugin-kit').Session} session
 * @returns {Promise<{repositories: number, models: number, mcpServers: number}>}
 */
export async function countUsage(session) {
  const [{repos}, {models}, servers] = await Promise.all([
    session.request('/repos', {query: {limit: 200}}),
    session.request('/models'),
    session.mcpServers(),
  ])
  if (!Array.isArray(repos) || !Array.isArray(models)) throw new Error('The answer is no list.')
  return {repositories: repos.length, models: models.length, mcpServers: servers.length}
}

export function usageText({repositories, models, mcpServers}) {
  return `${repositories} repositories, ${models} models, ${mcpServers} MCP servers`
}
