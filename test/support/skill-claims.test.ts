import {expect} from 'chai'
import {exitClaims, inlineCommands, shellLines} from './skill-claims.js'

const PAGE = `# Page

\`\`\`sh
one
two --flag
\`\`\`

| Exit code | Meaning            |
| --------- | ------------------ |
| 0         | fine               |
| 69        | only with \`--flag\` |
| other     | else               |

## Next

| 1 | of no command |

\`\`\`sh
three
\`\`\`

| 64 | who |

> Please run \`mogplex
> login\`, then \`mogplex login\` and \`other\`.
`

describe('the claims of a skill', () => {
  it('are the exit codes in the table below a shell block, for each of its lines', () => {
    expect(exitClaims(PAGE)).to.deep.equal([
      {command: 'one', code: 0},
      {command: 'two --flag', code: 0},
      {command: 'two --flag', code: 69},
      {command: 'one', code: 'other'},
      {command: 'two --flag', code: 'other'},
      {command: 'three', code: 64},
    ])
  })

  it('are about lines of shell blocks, besides which there are commands in the text', () => {
    expect(shellLines(PAGE)).to.deep.equal(['one', 'two --flag', 'three'])
    expect(inlineCommands(PAGE)).to.deep.equal(['mogplex login'])
  })
})
