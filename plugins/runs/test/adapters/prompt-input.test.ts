import {expect} from 'chai'
import {mkdtemp, rm, writeFile} from 'node:fs/promises'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {Readable} from 'node:stream'
import {readPrompt} from '../../src/adapters/prompt-input.js'
import {promptSource} from '../../src/domain/prompt.js'

const NOTHING = Readable.from([])

async function failure(work: Promise<unknown>): Promise<unknown> {
  return work.catch((error: unknown) => error)
}

describe('a prompt', () => {
  let folder = ''
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'prompt-'))
  })
  afterEach(async () => rm(folder, {recursive: true}))

  it('is the argument, a text, standard input, or a file', async () => {
    const path = join(folder, 'task.md')
    await writeFile(path, '\uFEFFMend it.\r\nAll of it.\r\n')
    const stdin = Readable.from([Buffer.from('Fr'), Buffer.from([0xc3]), Buffer.from([0xb6]), '\n'])
    expect(await readPrompt(promptSource('@word', undefined), NOTHING)).to.equal('@word')
    expect(await readPrompt(promptSource(undefined, 'text'), NOTHING)).to.equal('text')
    expect(await readPrompt(promptSource(undefined, '-'), stdin)).to.equal('Frö')
    expect(await readPrompt(promptSource(undefined, `@${path}`), NOTHING)).to.equal(
      'Mend it.\r\nAll of it.',
    )
  })

  it('is given once, and not empty: otherwise 2', async () => {
    expect(() => promptSource('a', 'b'))
      .to.throw('given twice')
      .that.includes({exitCode: 2})
    expect(() => promptSource(undefined, undefined)).to.throw('The prompt is missing.')
    for (const text of ['', ' \n']) {
      const error = await failure(readPrompt({type: 'text', text}, NOTHING))
      expect(error).to.include({message: 'The prompt is empty.', exitCode: 2})
    }
    expect(await failure(readPrompt({type: 'stdin'}, NOTHING))).to.include({exitCode: 2})
  })

  it("is within the service's limit, whatever its source: otherwise 2", async () => {
    const text = 'x'.repeat(100_000)
    expect(await readPrompt({type: 'text', text}, NOTHING)).to.equal(text)
    expect(await failure(readPrompt({type: 'text', text: `${text}x`}, NOTHING))).to.include({
      exitCode: 2,
    })
    function* endless(): Generator<Buffer> {
      for (;;) yield Buffer.alloc(65_536, 'x')
    }
    expect(await failure(readPrompt({type: 'stdin'}, Readable.from(endless())))).to.include({
      exitCode: 2,
    })
    const path = join(folder, 'big')
    await writeFile(path, text.repeat(5))
    expect(await failure(readPrompt({type: 'file', path}, NOTHING))).to.include({exitCode: 2})
  })

  it('comes from a file that exists and is readable: otherwise 2', async () => {
    for (const path of [join(folder, 'none'), folder]) {
      expect(await failure(readPrompt({type: 'file', path}, NOTHING))).to.include({exitCode: 2})
    }
  })
})
