import {Args} from '@oclif/core'

export const RUN_ARG = Args.string({
  required: true,
  description: 'The id of the run.',
})
