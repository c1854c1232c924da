import { toTopicOrAuthor } from '../../../functions/core/identity.ts';
import type { SubscriberEvent } from '../../../functions/core/newsletter/subscriber/apply-subscriber-event.ts';
import {
  type Consent,
  type ConsentWords,
  nameConsentWords,
  signUpForms,
} from '../../../functions/core/newsletter/subscriber/consent.ts';
import { parseEmailAddress } from '../../../functions/core/newsletter/subscriber/email-address.ts';
import { findTopicByName, parseTopicChoice } from '../../../functions/core/newsletter/subscriber/topic-choice.ts';
import { type Cadence, cadences as knownCadences, type Publication } from '../../../functions/core/publication.ts';
