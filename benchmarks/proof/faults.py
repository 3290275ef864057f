"""The faults in one paper, one for each of the checker's rules: what a tired author does, wherever it could happen."""

from __future__ import annotations

from typing import Final

from benchmarks.proof.faults_numbers import (
    column_total,
    count_of_list,
    figure_total,
    missing_category,
    percentage_total,
    prose_number_differs,
    prose_table_number,
    remainder,
    rounded_total,
    row_total,
)
from benchmarks.proof.faults_times import (
    already_past,
    columns_span,
    deadline_before_paper,
    impossible_date,
    impossible_year,
    month_sequence,
    other_period,
    two_dates_one_meeting,
    weekday_date,
    working_days_off,
)
from benchmarks.proof.faults_words import (
    abbreviation_differs,
    absent_list,
    attachment_class,
    caption_number,
    footnote_number,
    heading_content,
    malformed_reference,
    missing_target,
    number_agreement,
    reference_date,
    reference_style,
    section_number,
    title_differs,
    two_names,
)
from benchmarks.proof.sites import Injector

INJECTORS: Final[dict[str, Injector]] = {
    "column-total": column_total,
    "row-total": row_total,
    "percentage-total": percentage_total,
    "rounded-total": rounded_total,
    "figure-total": figure_total,
    "prose-table-number": prose_table_number,
    "prose-number-differs": prose_number_differs,
    "count-of-list": count_of_list,
    "remainder": remainder,
    "missing-category": missing_category,
    "other-period": other_period,
    "columns-span": columns_span,
    "impossible-year": impossible_year,
    "impossible-date": impossible_date,
    "already-past": already_past,
    "deadline-before-paper": deadline_before_paper,
    "weekday-date": weekday_date,
    "two-dates-one-meeting": two_dates_one_meeting,
    "month-sequence": month_sequence,
    "working-days": working_days_off,
    "caption-number": caption_number,
    "section-number": section_number,
    "footnote-number": footnote_number,
    "missing-target": missing_target,
    "attachment-class": attachment_class,
    "heading-content": heading_content,
    "absent-list": absent_list,
    "malformed-reference": malformed_reference,
    "reference-style": reference_style,
    "reference-date": reference_date,
    "two-names": two_names,
    "abbreviation-differs": abbreviation_differs,
    "title-differs": title_differs,
    "number-agreement": number_agreement,
}
