import {expect} from 'chai'
import {refusalOfStream} from '../../../../src/adapters/chat-api/refusal.js'
import {UnreachableError} from '../../../../src/domain/errors/remote.js'
import {makeKey} from '../../../support/make-credential.js'

const credential = makeKey('openai')
const ASKED = {credential, baseUrl: 'https://api.openai.com/v1'}

/** A refusal in these chunks, and how many of them were read. */
async function read(pieces: readonly string[], failure?: Error) {
  let taken = 0
  async function* body(): AsyncGenerator<Uint8Array, void> {
    for (const piece of pieces) {
      taken += 1
      yield Buffer.from(piece)
    }
    if (failure !== undefined) throw failure
  }
  const answer = {status: 400, headers: {}, body: body(), close: () => undefined}
  const refusal = await refusalOfStream(answer, ASKED, () => 0)
  return {...refusal, taken}
}

describe('refusalOfStream', () => {
  it('reads until it is complete', async () => {
    const pieces = ['{"error": {"mess', 'age": "No model', ' of that name."}}']
    expect(await read(pieces)).to.include({said: 'No model of that name', taken: 3})
  })

  it('reads only the start of a long one', async () => {
    const {taken} = await read(Array.from({length: 50}, () => 'x'.repeat(16 * 1024)))
    expect(taken).to.equal(5)
  })

  it('uses the text before the connection was cut', async () => {
    const cut = new UnreachableError('It was cut.')
    expect(await read(['{"error": "No."}'], cut)).to.include({status: 400, said: 'No'})
    const bug = new Error('A bug.')
    expect(await read([], bug).catch((error: unknown) => error)).to.equal(bug)
  })
})
