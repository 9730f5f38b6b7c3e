import {Args} from '@oclif/core'

export const RUN_ARG = Args.string({description: 'The id of the run.', required: true})
