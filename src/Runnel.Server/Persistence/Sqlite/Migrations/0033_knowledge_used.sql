-- What of a digital human's knowledge an answer was given, as JSON: ids, and no word of it, so that what is forgotten is gone.
alter table messages add column knowledge_used text;
