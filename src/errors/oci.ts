/** @file Problems with OCI registries: specs, what they hold, how they answer. No message ever holds a password or token. */
import { problem } from './problem.ts'

export const ociSpecMalformed = problem('OCI_SPEC_MALFORMED', 2, (spec: string, reason: string) => ({
  message: `${spec} names nothing in an OCI registry: ${reason}.`,
  fix: 'Write oci:HOST/REPOSITORY:TAG or oci:HOST/REPOSITORY@sha256:DIGEST, as in oci:ghcr.io/acme/llama:int4.',
}))

export const ociRefused = problem('OCI_REFUSED', 2, (host: string, status: number, what: string) => ({
  message: `${host} refuses ${what} (${status}).`,
  fix: `Log in (docker login ${host}), or set SAEGATE_OCI_HOST, SAEGATE_OCI_USERNAME and SAEGATE_OCI_PASSWORD; the account has to be allowed to do that.`,
}))

export const ociAbsent = problem('OCI_ABSENT', 2, (host: string, what: string) => ({
  message: `${host} has no ${what} (404).`,
  fix: 'Check repository and tag; they may have been deleted, and some registries say this of what may not be seen without logging in.',
}))

export const ociUnreachable = problem('OCI_UNREACHABLE', 3, (host: string, reason: string) => ({
  message: `${host} cannot be asked: ${reason}.`,
  fix: 'Check the network, proxy settings and the name of the host; then run again.',
}))

export const ociAnswer = problem('OCI_ANSWER', 3, (host: string, reason: string) => ({
  message: `The answer of ${host} cannot be used: ${reason}.`,
  fix: 'Check that it is an OCI registry (distribution specification), and what stands between this machine and it.',
}))

export const ociDamaged = problem('OCI_DAMAGED', 3, (what: string, reason: string) => ({
  message: `${what} did not arrive as its digest says: ${reason}. It was not kept.`,
  fix: 'Run again. If it stays so, something between this machine and the registry changes it.',
}))

export const ociUnsupported = problem('OCI_UNSUPPORTED', 2, (spec: string, reason: string) => ({
  message: `${spec} cannot be read as a model: ${reason}.`,
  fix: 'Store it as ModelPack (raw or tar layers, which weights gain nothing from compressing), or with `oras push` and the names of its files.',
}))

export const ociCredentials = problem('OCI_CREDENTIALS', 2, (where: string, reason: string) => ({
  message: `Credentials for a registry cannot be read from ${where}: ${reason}.`,
  fix: 'Log in again (docker login), or set SAEGATE_OCI_HOST, SAEGATE_OCI_USERNAME and SAEGATE_OCI_PASSWORD.',
}))
