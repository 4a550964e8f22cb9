export type { OnProgress, Progress } from '../audit/machine/progress.ts'
export type {
  FeatureClass,
  FeatureReplicates,
  FeatureTable,
  FiringColumns,
  LatentColumns,
} from '../contract/report/feature-table.ts'
export type { FeatureEvidence, Measurement } from '../contract/report/measurement.ts'
export type {
  CandidateReport,
  FeaturesReport,
  ReadoutReport,
  Report,
  RuleResult,
  Verdict,
} from '../contract/report/report-schema.ts'
export type { SaegateConfig as AuditOptions } from '../contract/yaml/config-schema.ts'
export { SaegateError } from '../errors/problem.ts'
export type { WrittenReport } from '../gate/report-folder.ts'
export { type AuditRun, audit } from './audit.ts'
export { type GateOptions, gate, openReport, readFeatures } from './finished.ts'
export type { JudgedReport } from './judged-report.ts'
