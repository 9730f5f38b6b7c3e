import {expect} from 'chai'
import {LocalFileError} from '../../../../src/domain/errors/local-files.js'
import {writeFor} from '../../../../src/domain/platform/shell.js'
import {readTrouble} from '../../../../src/domain/files/read-trouble.js'
import {onCleanup} from '../../../support/cleanup.js'

describe('readTrouble', () => {
  for (const [code, why] of [
    ['EACCES', 'access is denied'],
    ['ENOTDIR', 'a part of the path is a file, not a folder'],
    ['ENOSPC', 'the disk is full'],
    ['EIO', 'EIO'],
  ] as const) {
    it(`names for ${code} the path, the cause, and a remedy: exit 1`, () => {
      const error = readTrouble('/x/auth.json', Object.assign(new Error('sk-hidden'), {code}))
      if (!(error instanceof LocalFileError)) throw new Error('No LocalFileError.')
      expect(error.message).to.equal(`/x/auth.json cannot be read: ${why}.`)
      expect([error.exitCode, error.remedy]).to.deep.equal([
        1,
        'Check what that path is, its owner and its mode.',
      ])
    })
  }

  it('says that another program has it open, and on Windows nothing about modes', () => {
    const busy = readTrouble('/x', Object.assign(new Error(), {code: 'EBUSY'})) as LocalFileError
    expect(busy.message).to.equal('/x cannot be read: another program has it open.')
    writeFor({}, 'win32')
    onCleanup(() => writeFor({}, 'linux'))
    const denied = readTrouble('C:\\x', Object.assign(new Error(), {code: 'EPERM'}))
    expect(denied)
      .to.be.instanceOf(LocalFileError)
      .with.property('remedy', 'Check what that path is, and who may read it: `icacls "C:\\x"`.')
  })

  it('returns anything but a system error unchanged', () => {
    for (const other of [new Error('a bug'), new LocalFileError('Known.', 'Mend it.'), 'text']) {
      expect(readTrouble('/x', other)).to.equal(other)
    }
  })
})
