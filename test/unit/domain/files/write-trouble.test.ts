import {expect} from 'chai'
import {LocalFileError} from '../../../../src/domain/errors/local-files.js'
import {writeFor} from '../../../../src/domain/platform/shell.js'
import {writeTrouble} from '../../../../src/domain/files/write-trouble.js'
import {onCleanup} from '../../../support/cleanup.js'

const PATH = '/home/ada/.mogplex/auth.json'

function systemError(code: string): Error {
  return Object.assign(new Error('with sk-secret-4711 in it'), {code})
}

describe('writeTrouble', () => {
  const words = {
    EACCES: 'access is denied',
    EPERM: 'access is denied',
    EROFS: 'is read-only',
    ENOSPC: 'the disk is full',
    EDQUOT: 'quota is used up',
    ENOENT: 'or its folder does not',
    EISDIR: 'a folder is in its place',
    ELOOP: 'form a loop',
    EBUSY: 'as a single file',
    ENOTDIR: 'is a file, not a folder',
    EIO: 'EIO',
  }
  for (const [code, says] of Object.entries(words)) {
    it(`says "${says}" for ${code}, with the path and a remedy`, () => {
      const error = writeTrouble(PATH, systemError(code))
      if (!(error instanceof LocalFileError)) throw new Error('It is no LocalFileError.')
      expect(error.exitCode).to.equal(1)
      expect(error.message).to.include(PATH).and.to.include(says)
      expect(error.remedy).to.match(/^[A-Z].*\.$/)
      expect(`${error.message}${error.remedy}${error.stack ?? ''}`).not.to.include('4711')
    })
  }

  it('says on Windows that it may be open elsewhere, and nothing about modes', () => {
    writeFor({}, 'win32')
    onCleanup(() => writeFor({}, 'linux'))
    for (const [code, why] of [
      ['EBUSY', 'another program has it open'],
      ['EPERM', 'access is denied, or it is open'],
    ] as const) {
      const {message, remedy} = writeTrouble(PATH, systemError(code)) as LocalFileError
      expect(message).to.include(why)
      expect(remedy).to.include('icacls').and.not.to.include('mode')
    }
  })

  it('returns our errors, and anything but a system error, unchanged', () => {
    for (const error of [new LocalFileError('Ours.', 'Do it.'), new Error('A bug.'), 'text']) {
      expect(writeTrouble(PATH, error)).to.equal(error)
    }
  })
})
