import { z } from 'zod';

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
const HEX_64 = /^[0-9a-f]{64}$/;

const id = <const B extends string>() => z.string().regex(UUID).brand<B>();

/** Ids in lower-case UUID text. Sources and layers derive theirs from bytes (version 8); all else is version 7. */
export const projectId = id<'ProjectId'>();
export const sourceId = id<'SourceId'>();
export const layerId = id<'LayerId'>();
export const passageId = id<'PassageId'>();
export const categoryId = id<'CategoryId'>();
export const dimensionId = id<'DimensionId'>();
export const valueId = id<'ValueId'>();
export const tagId = id<'TagId'>();
export const settingId = id<'SettingId'>();
export const memoId = id<'MemoId'>();
export const personId = id<'PersonId'>();
export const reviewId = id<'ReviewId'>();
export const translationId = id<'TranslationId'>();
export const commentId = id<'CommentId'>();
export const assignmentId = id<'AssignmentId'>();
export const adjudicationId = id<'AdjudicationId'>();
export const snapshotId = id<'SnapshotId'>();
export const timestampId = id<'TimestampId'>();
export const collectionId = id<'CollectionId'>();
export const viewId = id<'ViewId'>();
export const placeRecordId = id<'PlaceRecordId'>();
export const placeNameId = id<'PlaceNameId'>();
export const placeChoiceId = id<'PlaceChoiceId'>();
export const claimId = id<'ClaimId'>();
export const maskId = id<'MaskId'>();
export const conversionId = id<'ConversionId'>();
export const referenceId = id<'ReferenceId'>();
export const dossierId = id<'DossierId'>();
export const figureId = id<'FigureId'>();
export const relationId = id<'RelationId'>();
export const suggestionId = id<'SuggestionId'>();
/** Any record's id, where its kind is given separately. */
export const recordId = id<'RecordId'>();
/** SHA-256 as 64 lower-case hex digits: of an original, of a stored layer, of a commit. */
export const sha256 = z.string().regex(HEX_64).brand<'Sha256'>();
export const commitHash = z.string().regex(HEX_64).brand<'CommitHash'>();

export type ProjectId = z.infer<typeof projectId>;
export type SourceId = z.infer<typeof sourceId>;
export type LayerId = z.infer<typeof layerId>;
export type PassageId = z.infer<typeof passageId>;
export type CategoryId = z.infer<typeof categoryId>;
export type DimensionId = z.infer<typeof dimensionId>;
export type ValueId = z.infer<typeof valueId>;
export type TagId = z.infer<typeof tagId>;
export type SettingId = z.infer<typeof settingId>;
export type MemoId = z.infer<typeof memoId>;
export type PersonId = z.infer<typeof personId>;
export type ReviewId = z.infer<typeof reviewId>;
export type TranslationId = z.infer<typeof translationId>;
export type CommentId = z.infer<typeof commentId>;
export type AssignmentId = z.infer<typeof assignmentId>;
export type AdjudicationId = z.infer<typeof adjudicationId>;
export type SnapshotId = z.infer<typeof snapshotId>;
export type TimestampId = z.infer<typeof timestampId>;
export type CollectionId = z.infer<typeof collectionId>;
export type ViewId = z.infer<typeof viewId>;
export type PlaceRecordId = z.infer<typeof placeRecordId>;
export type PlaceNameId = z.infer<typeof placeNameId>;
export type PlaceChoiceId = z.infer<typeof placeChoiceId>;
export type ClaimId = z.infer<typeof claimId>;
export type MaskId = z.infer<typeof maskId>;
export type ConversionId = z.infer<typeof conversionId>;
export type ReferenceId = z.infer<typeof referenceId>;
export type DossierId = z.infer<typeof dossierId>;
export type FigureId = z.infer<typeof figureId>;
export type RelationId = z.infer<typeof relationId>;
export type SuggestionId = z.infer<typeof suggestionId>;
export type RecordId = z.infer<typeof recordId>;
export type Sha256 = z.infer<typeof sha256>;
export type CommitHash = z.infer<typeof commitHash>;
