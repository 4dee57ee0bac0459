// Generated from app/records by `python3 -m app generate`. Never edit by hand.

/** Projekt */
export interface Project {
  name: string;
  reference?: string;
  period_from: string;
  period_to: string;
  practice_target?: number;
  visit_interval_days?: number;
  month_close_working_day?: number;
  half_year_report_working_day?: number;
  stuegang_interval_weeks?: number;
  stuegang_cases_min?: number;
  stuegang_cases_max?: number;
  small_cell_threshold_internal?: number;
  small_cell_threshold_external?: number;
  primary_benefit?: "KONTANTHJAELP" | "SYGEDAGPENGE" | "JOBAFKLARING" | "DAGPENGE" | "LEDIGHEDSYDELSE" | "RESSOURCEFORLOEB" | "UDDANNELSESHJAELP" | "SHO" | "IN_JOB" | "OTHER" | "UNKNOWN";
  concern_phone?: string;
  phases?: Record<string, string>[];
  closing_days?: Record<string, string>[];
  targets?: Record<string, string>[];
  terms?: Record<string, string>[];
}

/** Bruger */
export interface User {
  name: string;
  initials: string;
  role: "ADVISER" | "COORDINATOR" | "STEERING" | "EVALUATOR" | "SYSADMIN" | "AUDITOR";
  profession?: string;
  employed_from?: string;
  employed_to?: string;
  funding?: Record<string, string>[];
  weekly_hours?: number;
  districts?: ("VESTERBRO" | "VALBY" | "KGS_ENGHAVE")[];
  substitute_id?: string;
  active?: boolean;
}

/** Praksis */
export interface Practice {
  number?: string;
  name: string;
  practice_type?: "ENKELTMANDSPRAKSIS" | "SAMARBEJDSPRAKSIS" | "KOMPAGNISKAB" | "REGIONSKLINIK";
  district: "VESTERBRO" | "VALBY" | "KGS_ENGHAVE";
  address: string;
  postal_code: string;
  city: string;
  ydernummer?: string;
  sor_code?: string;
  lat?: number;
  lon?: number;
  doctors?: Record<string, string>[];
  contacts?: Record<string, string>[];
  opening?: Record<string, string>[];
  phone_hours?: Record<string, string>[];
  closures?: Record<string, string>[];
  visit_window?: string;
  avoid?: string;
  talk_room?: boolean;
  access_note?: string;
  bike_note?: string;
  agreement_status?: "CANDIDATE" | "CONTACTED" | "INFO_MEETING" | "AGREED" | "PAUSED" | "DECLINED" | "ENDED";
  agreements?: Record<string, string>[];
  responsible_adviser_id?: string;
  interval_days?: number;
  stuegang?: boolean;
  initiative_by?: "GP" | "JOBCENTRE" | "PROJECT";
  story?: string;
}

/** Materiale */
export interface Material {
  type: "PATIENT_FLYER" | "POSTER" | "GP_GUIDE" | "CARD" | "TALK_CARD" | "COURSE_PROGRAMME" | "CONSENT_BLOCK" | "DISPLAY" | "SCREEN";
  title: string;
  languages?: ("da" | "en" | "ar" | "so" | "tr" | "ur" | "pl" | "fa")[];
  unit?: string;
  pack?: number;
  min_stock?: number;
  quick?: number[];
}

/** Oplag */
export interface MaterialBatch {
  material_id: string;
  language: "da" | "en" | "ar" | "so" | "tr" | "ur" | "pl" | "fa";
  name: string;
  printed_on?: string;
  quantity?: number;
  unit_cost_ore?: number;
  valid_from?: string;
  retired_on?: string;
  retired_reason?: string;
}

/** Kursus */
export interface Course {
  type: "COPING" | "SYSTEM" | "BODY" | "STRESS" | "JOB" | "EDUCATION";
  title: string;
  seats: number;
  session_count?: number;
  session_minutes?: number;
}

/** Hold */
export interface CourseRun {
  course_id: string;
  seats: number;
  starts_on: string;
  place?: string;
  teacher?: string;
  status?: "PLANNED" | "RUNNING" | "HELD" | "CANCELLED";
}

/** Mødegang */
export interface CourseSession {
  course_run_id: string;
  number: number;
  starts_at: string;
  minutes?: number;
  status: "PLANNED" | "HELD" | "CANCELLED" | "MOVED";
}

/** Planlagt besøg */
export interface PlannedVisit {
  practice_id: string;
  planned_on: string;
  adviser_id?: string;
  purpose?: "REGULAR" | "INTRODUCTION" | "PATIENT_TALK" | "GP_SPARRING" | "MATERIAL" | "STUEGANG" | "COURSE_INFO" | "TRAINING" | "EVALUATION" | "OTHER";
  status: "PLANNED" | "ARRIVED" | "LOGGED" | "CANCELLED" | "MOVED";
  arrived_at?: string;
  visit_id?: string;
  moved_to_on?: string;
}

/** Besøg */
export interface Visit {
  practice_id: string;
  occurred_at: string;
  minutes: number;
  mode: "IN_PERSON" | "PHONE" | "VIDEO";
  purpose: "REGULAR" | "INTRODUCTION" | "PATIENT_TALK" | "GP_SPARRING" | "MATERIAL" | "STUEGANG" | "COURSE_INFO" | "TRAINING" | "EVALUATION" | "OTHER";
  other_purposes?: ("REGULAR" | "INTRODUCTION" | "PATIENT_TALK" | "GP_SPARRING" | "MATERIAL" | "STUEGANG" | "COURSE_INFO" | "TRAINING" | "EVALUATION" | "OTHER")[];
  met_roles: ("DOCTOR" | "NURSE" | "SECRETARY" | "MANAGER" | "OTHER_STAFF" | "CITIZEN" | "NOBODY")[];
  outcome: "COMPLETED" | "DESK_ONLY" | "NO_TIME" | "CLOSED" | "CANCELLED_BY_PRACTICE" | "CANCELLED_BY_US" | "RESCHEDULED";
  next_visit_on?: string;
  follow_up?: string;
  follow_up_on?: string;
  follow_up_by?: "CITIZEN" | "ADVISER" | "GP" | "CASEWORKER";
  note?: string;
}

/** Lagerbevægelse */
export interface StockMove {
  batch_id: string;
  move: "RECEIVED" | "TO_BAG" | "HANDED_OUT" | "RETURNED" | "SCRAPPED" | "COUNT";
  quantity: number;
  from_place: "SUPPLIER" | "DEPOT" | "BAG" | "PRACTICE" | "CITIZEN" | "EVENT" | "SCRAP";
  to_place: "SUPPLIER" | "DEPOT" | "BAG" | "PRACTICE" | "CITIZEN" | "EVENT" | "SCRAP";
  practice_id?: string;
  visit_id?: string;
  occurred_at?: string;
}

/** Kontakt */
export interface ContactLog {
  practice_id: string;
  occurred_at: string;
  channel: "PHONE" | "MEETING" | "MAIL";
  minutes?: number;
  instead_of_letter?: boolean;
  minutes_saved?: number;
  note?: string;
}

/** Borger */
export interface Citizen {
  code: string;
  first_practice_id: string;
  benefit?: "KONTANTHJAELP" | "SYGEDAGPENGE" | "JOBAFKLARING" | "DAGPENGE" | "LEDIGHEDSYDELSE" | "RESSOURCEFORLOEB" | "UDDANNELSESHJAELP" | "SHO" | "IN_JOB" | "OTHER" | "UNKNOWN";
  sickness_state?: "AT_RISK" | "FULL" | "PARTIAL" | "WELL" | "UNKNOWN";
  came_via?: "DOCTOR" | "CLINIC_STAFF" | "MATERIAL" | "SELF" | "COURSE" | "JOBCENTER" | "OTHER";
  age_band?: "A18_24" | "A25_29" | "A30_39" | "A40_49" | "A50_59" | "A60" | "NA";
  adviser_id?: string;
  language?: "da" | "en" | "ar" | "so" | "tr" | "ur" | "pl" | "fa";
  interpreter?: boolean;
  status?: "ACTIVE" | "RESTING" | "CLOSED" | "ERASED";
  former_codes?: Record<string, string>[];
  merged_into_id?: string;
}

/** Oplysning givet */
export interface InformationGiven {
  citizen_id: string;
  text_version: string;
  language: "da" | "en" | "ar" | "so" | "tr" | "ur" | "pl" | "fa";
  how: "READ_ALOUD" | "PAPER" | "SCREEN";
  given_on: string;
}

/** Samtykke */
export interface ConsentEvent {
  citizen_id: string;
  scope: "TALK_RECORD" | "GP_EXCHANGE" | "JOBCENTER_SHARE" | "STUEGANG" | "COURSE_PROVIDER" | "THIRD_PARTY" | "FOLLOW_UP" | "EVALUATION";
  event: "GIVEN" | "REFUSED" | "WITHDRAWN";
  form: "WRITTEN_PAPER" | "SCREEN_SIGNED" | "ORAL_NOTED" | "GP_CONFIRMED";
  given_on: string;
  valid_until?: string;
  text_version?: string;
  paper_held?: "ADVISER" | "OFFICE" | "PRACTICE" | "CITIZEN";
  follows_id?: string;
}

/** Samtale */
export interface Talk {
  type: "FIRST" | "FOLLOW_UP" | "THREE_PARTY" | "CLOSING" | "ANONYMOUS";
  place: "CLINIC_ROOM" | "CLINIC_OTHER" | "PHONE" | "VIDEO" | "WALK" | "PUBLIC" | "COURSE_SITE" | "JOBCENTER" | "HOME";
  occurred_at: string;
  minutes: number;
  citizen_id?: string;
  practice_id?: string;
  visit_id?: string;
  district?: "VESTERBRO" | "VALBY" | "KGS_ENGHAVE";
  topics?: ("FUTURE" | "WORK" | "EDUCATION" | "SYSTEM" | "BENEFIT" | "PAPERS" | "WORKPLACE" | "COPING" | "MIND" | "BODY" | "LIFESTYLE" | "MONEY" | "HOUSING" | "NETWORK" | "SUBSTANCE" | "LANGUAGE" | "JOBSEARCH" | "OTHER")[];
  three_party_with?: ("DOCTOR" | "NURSE" | "SECRETARY" | "MANAGER" | "OTHER_STAFF" | "CITIZEN" | "NOBODY")[];
  note?: string;
}

/** Næste skridt */
export interface NextStep {
  citizen_id: string;
  talk_id?: string;
  step: "NEW_TALK" | "COURSE" | "SELF_JOBCENTER" | "BRIDGE_JOBCENTER" | "GP_TIME" | "THREE_PARTY" | "STUEGANG" | "JOB_IDEA" | "EDU_GUIDANCE" | "UNION" | "HEALTH_OFFER" | "DEBT" | "SUBSTANCE_CENTRE" | "HOUSING" | "NONE";
  responsible: "CITIZEN" | "ADVISER" | "GP" | "CASEWORKER";
  due_on: string;
  status: "OPEN" | "DONE" | "DROPPED";
  done_on?: string;
  needs_scope?: "TALK_RECORD" | "GP_EXCHANGE" | "JOBCENTER_SHARE" | "STUEGANG" | "COURSE_PROVIDER" | "THIRD_PARTY" | "FOLLOW_UP" | "EVALUATION";
}

/** Tilmelding */
export interface Enrolment {
  citizen_id: string;
  course_run_id: string;
  status: "INTERESTED" | "ENROLLED" | "WAITLISTED" | "OFFERED" | "STARTED" | "COMPLETED" | "DROPPED_OUT" | "NO_SHOW" | "CANCELLED" | "DECLINED" | "MOVED";
  enrolled_at: string;
}

/** Fremmøde */
export interface AttendanceMark {
  session_id: string;
  enrolment_id: string;
  mark: "PRESENT" | "LATE" | "EXCUSED" | "ABSENT" | "UNKNOWN";
}

/** Udfald */
export interface Outcome {
  citizen_id: string;
  point: "M3" | "M6" | "M12";
  outcome: "JOB" | "JOB_PART" | "FLEXJOB" | "EDUCATION" | "PARTIAL_RETURN" | "PLACEMENT" | "WELL_UNEMPLOYED" | "STILL_SICK" | "NEW_SICK" | "PENSION" | "MOVED" | "UNREACHABLE" | "NO_ANSWER" | "DECEASED";
  source: "CITIZEN" | "GP" | "JOBCENTER";
  answered_on: string;
  hours_band?: "H1_14" | "H15_29" | "H30";
  course_completed?: boolean;
}

/** Blev du hørt? */
export interface HeardAnswer {
  answer: "1" | "2" | "3" | "4" | "5";
  answered_on: string;
}

/** Tid */
export interface TimeEntry {
  worked_on: string;
  activity: "VISIT" | "TALK" | "RIDE" | "COURSE" | "STUEGANG" | "MATERIAL" | "TRAINING" | "COORDINATION" | "RECORDING" | "EVALUATION" | "OTHER_PROJECT" | "NOT_PROJECT" | "AWAY";
  minutes: number;
  source: "AUTO" | "MANUAL";
  visit_id?: string;
}

/** Timeseddel */
export interface TimeSheet {
  month: string;
  status: "OPEN" | "SUBMITTED" | "APPROVED" | "CORRECTED";
  submitted_on?: string;
  approved_on?: string;
}

export interface Kinds {
  project: Project;
  user: User;
  practice: Practice;
  material: Material;
  material_batch: MaterialBatch;
  course: Course;
  course_run: CourseRun;
  course_session: CourseSession;
  planned_visit: PlannedVisit;
  visit: Visit;
  stock_move: StockMove;
  contact_log: ContactLog;
  citizen: Citizen;
  information_given: InformationGiven;
  consent_event: ConsentEvent;
  talk: Talk;
  next_step: NextStep;
  enrolment: Enrolment;
  attendance_mark: AttendanceMark;
  outcome: Outcome;
  heard_answer: HeardAnswer;
  time_entry: TimeEntry;
  time_sheet: TimeSheet;
}

export type Kind = keyof Kinds;

export const SCHEMA_VERSION: Record<Kind, number> = {
 "project": 1,
 "user": 1,
 "practice": 1,
 "material": 1,
 "material_batch": 1,
 "course": 1,
 "course_run": 1,
 "course_session": 1,
 "planned_visit": 1,
 "visit": 1,
 "stock_move": 1,
 "contact_log": 1,
 "citizen": 1,
 "information_given": 1,
 "consent_event": 1,
 "talk": 1,
 "next_step": 1,
 "enrolment": 1,
 "attendance_mark": 1,
 "outcome": 1,
 "heard_answer": 1,
 "time_entry": 1,
 "time_sheet": 1
};

export const SETS: Record<Kind, readonly string[]> = {
 "project": [
  "phases",
  "closing_days",
  "targets",
  "terms"
 ],
 "user": [
  "funding",
  "districts"
 ],
 "practice": [
  "doctors",
  "contacts",
  "opening",
  "phone_hours",
  "closures",
  "agreements"
 ],
 "material": [
  "languages",
  "quick"
 ],
 "material_batch": [],
 "course": [],
 "course_run": [],
 "course_session": [],
 "planned_visit": [],
 "visit": [
  "other_purposes",
  "met_roles"
 ],
 "stock_move": [],
 "contact_log": [],
 "citizen": [
  "former_codes"
 ],
 "information_given": [],
 "consent_event": [],
 "talk": [
  "topics",
  "three_party_with"
 ],
 "next_step": [],
 "enrolment": [],
 "attendance_mark": [],
 "outcome": [],
 "heard_answer": [],
 "time_entry": [],
 "time_sheet": []
};

export const APPEND_ONLY: readonly Kind[] = [
 "stock_move",
 "information_given",
 "consent_event",
 "attendance_mark",
 "heard_answer",
 "time_entry"
];

export const OFFICE_ONLY: readonly Kind[] = [
 "project",
 "user",
 "practice",
 "material",
 "material_batch",
 "course",
 "course_run"
];

export interface FieldInfo { title: string; shape: string; required?: boolean; codes?: string; least?: number; most?: number; hint?: string; pattern?: string; to?: Kind }
export const FIELDS: { [K in Kind]: Record<string, FieldInfo> } = {
 "project": {
  "name": {
   "title": "Navn",
   "shape": "text",
   "required": true,
   "least": 1,
   "most": 120
  },
  "reference": {
   "title": "Sagsnummer",
   "shape": "text",
   "most": 40
  },
  "period_from": {
   "title": "Fra",
   "shape": "day",
   "required": true
  },
  "period_to": {
   "title": "Til",
   "shape": "day",
   "required": true
  },
  "practice_target": {
   "title": "Antal praksisser i mål",
   "shape": "whole",
   "least": 1,
   "most": 500
  },
  "visit_interval_days": {
   "title": "Dage mellem besøg",
   "shape": "whole",
   "least": 1,
   "most": 365
  },
  "month_close_working_day": {
   "title": "Månedslukning, arbejdsdag",
   "shape": "whole",
   "least": 1,
   "most": 20
  },
  "half_year_report_working_day": {
   "title": "Halvårsrapport, arbejdsdag",
   "shape": "whole",
   "least": 1,
   "most": 40
  },
  "stuegang_interval_weeks": {
   "title": "Uger mellem stuegange",
   "shape": "whole",
   "least": 1,
   "most": 26
  },
  "stuegang_cases_min": {
   "title": "Sager pr. stuegang, mindst",
   "shape": "whole",
   "most": 50
  },
  "stuegang_cases_max": {
   "title": "Sager pr. stuegang, højst",
   "shape": "whole",
   "most": 50
  },
  "small_cell_threshold_internal": {
   "title": "Små tal, internt",
   "shape": "whole",
   "least": 1,
   "most": 50
  },
  "small_cell_threshold_external": {
   "title": "Små tal, eksternt",
   "shape": "whole",
   "least": 1,
   "most": 50
  },
  "primary_benefit": {
   "title": "Ydelse i målgruppen",
   "shape": "code",
   "codes": "benefit"
  },
  "concern_phone": {
   "title": "Underretning om et barn, telefon",
   "shape": "text",
   "most": 8,
   "hint": "Skriv otte cifre uden mellemrum.",
   "pattern": "^[2-9]\\d{7}$|^1[3-9]\\d{6}$"
  },
  "phases": {
   "title": "Faser",
   "shape": "entries",
   "most": 40
  },
  "closing_days": {
   "title": "Lokale lukkedage",
   "shape": "entries",
   "most": 200
  },
  "targets": {
   "title": "Mål",
   "shape": "entries",
   "most": 200
  },
  "terms": {
   "title": "Ordliste",
   "shape": "entries",
   "most": 40
  }
 },
 "user": {
  "name": {
   "title": "Navn",
   "shape": "text",
   "required": true,
   "least": 1,
   "most": 80
  },
  "initials": {
   "title": "Initialer",
   "shape": "text",
   "required": true,
   "least": 2,
   "most": 4,
   "pattern": "^\\w+$"
  },
  "role": {
   "title": "Rolle",
   "shape": "code",
   "required": true,
   "codes": "role"
  },
  "profession": {
   "title": "Stilling",
   "shape": "text",
   "most": 80
  },
  "employed_from": {
   "title": "Ansat fra",
   "shape": "day"
  },
  "employed_to": {
   "title": "Ansat til",
   "shape": "day"
  },
  "funding": {
   "title": "Finansiering",
   "shape": "entries",
   "most": 40
  },
  "weekly_hours": {
   "title": "Timer om ugen",
   "shape": "decimal",
   "most": 60
  },
  "districts": {
   "title": "Bydele",
   "shape": "codes",
   "codes": "district",
   "most": 20
  },
  "substitute_id": {
   "title": "Afløser",
   "shape": "ref",
   "to": "user"
  },
  "active": {
   "title": "Aktiv",
   "shape": "flag"
  }
 },
 "practice": {
  "number": {
   "title": "Praksis-id",
   "shape": "text",
   "most": 8
  },
  "name": {
   "title": "Navn",
   "shape": "text",
   "required": true,
   "least": 1,
   "most": 120
  },
  "practice_type": {
   "title": "Praksistype",
   "shape": "code",
   "codes": "practice_type"
  },
  "district": {
   "title": "Bydel",
   "shape": "code",
   "required": true,
   "codes": "district"
  },
  "address": {
   "title": "Adresse",
   "shape": "text",
   "required": true,
   "least": 1,
   "most": 120
  },
  "postal_code": {
   "title": "Postnummer",
   "shape": "text",
   "required": true,
   "most": 4,
   "hint": "Skriv fire cifre.",
   "pattern": "^\\d{4}$"
  },
  "city": {
   "title": "By",
   "shape": "text",
   "required": true,
   "least": 1,
   "most": 60
  },
  "ydernummer": {
   "title": "Ydernummer",
   "shape": "text",
   "most": 6,
   "hint": "Skriv seks cifre, også et nul foran.",
   "pattern": "^\\d{6}$"
  },
  "sor_code": {
   "title": "SOR-kode",
   "shape": "text",
   "most": 20,
   "hint": "Skriv mindst 11 cifre.",
   "pattern": "^\\d{11,20}$"
  },
  "lat": {
   "title": "Breddegrad",
   "shape": "decimal",
   "least": 54,
   "most": 58
  },
  "lon": {
   "title": "Længdegrad",
   "shape": "decimal",
   "least": 7,
   "most": 16
  },
  "doctors": {
   "title": "Læger",
   "shape": "entries",
   "most": 40
  },
  "contacts": {
   "title": "Kontakter",
   "shape": "entries",
   "most": 40
  },
  "opening": {
   "title": "Åbningstid",
   "shape": "entries",
   "most": 40
  },
  "phone_hours": {
   "title": "Telefontid",
   "shape": "entries",
   "most": 40
  },
  "closures": {
   "title": "Lukket",
   "shape": "entries",
   "most": 40
  },
  "visit_window": {
   "title": "Bedste besøgstid",
   "shape": "text",
   "most": 60
  },
  "avoid": {
   "title": "Undgå",
   "shape": "text",
   "most": 60
  },
  "talk_room": {
   "title": "Samtalelokale",
   "shape": "flag"
  },
  "access_note": {
   "title": "Adgang",
   "shape": "text",
   "most": 200,
   "hint": "Skriv ikke dørkoder."
  },
  "bike_note": {
   "title": "Cykel",
   "shape": "text",
   "most": 120
  },
  "agreement_status": {
   "title": "Aftalestatus",
   "shape": "code",
   "codes": "agreement_status"
  },
  "agreements": {
   "title": "Aftaleperioder",
   "shape": "entries",
   "most": 40
  },
  "responsible_adviser_id": {
   "title": "Fast rådgiver",
   "shape": "ref",
   "to": "user"
  },
  "interval_days": {
   "title": "Dage mellem besøg",
   "shape": "whole",
   "least": 1,
   "most": 365
  },
  "stuegang": {
   "title": "Stuegang",
   "shape": "flag"
  },
  "initiative_by": {
   "title": "Initiativ fra",
   "shape": "code",
   "codes": "initiative"
  },
  "story": {
   "title": "Historie",
   "shape": "text",
   "most": 200
  }
 },
 "material": {
  "type": {
   "title": "Type",
   "shape": "code",
   "required": true,
   "codes": "material_type"
  },
  "title": {
   "title": "Titel",
   "shape": "text",
   "required": true,
   "least": 1,
   "most": 80
  },
  "languages": {
   "title": "Sprog",
   "shape": "codes",
   "codes": "language",
   "most": 20
  },
  "unit": {
   "title": "Enhed",
   "shape": "text",
   "most": 20
  },
  "pack": {
   "title": "Pakke",
   "shape": "whole",
   "least": 1,
   "most": 10000
  },
  "min_stock": {
   "title": "Mindste lager",
   "shape": "whole",
   "most": 100000
  },
  "quick": {
   "title": "Hurtigknapper",
   "shape": "numbers",
   "most": 10
  }
 },
 "material_batch": {
  "material_id": {
   "title": "Materiale",
   "shape": "ref",
   "required": true,
   "to": "material"
  },
  "language": {
   "title": "Sprog",
   "shape": "code",
   "required": true,
   "codes": "language"
  },
  "name": {
   "title": "Oplag",
   "shape": "text",
   "required": true,
   "least": 1,
   "most": 20
  },
  "printed_on": {
   "title": "Trykt",
   "shape": "day"
  },
  "quantity": {
   "title": "Antal trykt",
   "shape": "whole",
   "least": 1,
   "most": 1000000
  },
  "unit_cost_ore": {
   "title": "Stykpris i øre ekskl. moms",
   "shape": "whole",
   "most": 1000000
  },
  "valid_from": {
   "title": "Gælder fra",
   "shape": "day"
  },
  "retired_on": {
   "title": "Trukket tilbage",
   "shape": "day"
  },
  "retired_reason": {
   "title": "Hvorfor trukket tilbage",
   "shape": "text",
   "most": 140
  }
 },
 "course": {
  "type": {
   "title": "Kursustype",
   "shape": "code",
   "required": true,
   "codes": "course_type"
  },
  "title": {
   "title": "Titel",
   "shape": "text",
   "required": true,
   "least": 1,
   "most": 80
  },
  "seats": {
   "title": "Pladser",
   "shape": "whole",
   "required": true,
   "least": 1,
   "most": 200
  },
  "session_count": {
   "title": "Mødegange",
   "shape": "whole",
   "least": 1,
   "most": 50
  },
  "session_minutes": {
   "title": "Minutter pr. mødegang",
   "shape": "whole",
   "least": 15,
   "most": 480
  }
 },
 "course_run": {
  "course_id": {
   "title": "Kursus",
   "shape": "ref",
   "required": true,
   "to": "course"
  },
  "seats": {
   "title": "Pladser",
   "shape": "whole",
   "required": true,
   "least": 1,
   "most": 200
  },
  "starts_on": {
   "title": "Start",
   "shape": "day",
   "required": true
  },
  "place": {
   "title": "Sted",
   "shape": "text",
   "most": 80
  },
  "teacher": {
   "title": "Underviser",
   "shape": "text",
   "most": 80
  },
  "status": {
   "title": "Holdstatus",
   "shape": "code",
   "codes": "run_status"
  }
 },
 "course_session": {
  "course_run_id": {
   "title": "Hold",
   "shape": "ref",
   "required": true,
   "to": "course_run"
  },
  "number": {
   "title": "Nummer",
   "shape": "whole",
   "required": true,
   "least": 1,
   "most": 60
  },
  "starts_at": {
   "title": "Start",
   "shape": "instant",
   "required": true
  },
  "minutes": {
   "title": "Minutter",
   "shape": "whole",
   "least": 15,
   "most": 480
  },
  "status": {
   "title": "Status",
   "shape": "code",
   "required": true,
   "codes": "session_status"
  }
 },
 "planned_visit": {
  "practice_id": {
   "title": "Praksis",
   "shape": "ref",
   "required": true,
   "to": "practice"
  },
  "planned_on": {
   "title": "Dato",
   "shape": "day",
   "required": true
  },
  "adviser_id": {
   "title": "Rådgiver",
   "shape": "ref",
   "to": "user"
  },
  "purpose": {
   "title": "Formål",
   "shape": "code",
   "codes": "visit_purpose"
  },
  "status": {
   "title": "Status",
   "shape": "code",
   "required": true,
   "codes": "plan_status"
  },
  "arrived_at": {
   "title": "Ankommet",
   "shape": "instant"
  },
  "visit_id": {
   "title": "Besøg",
   "shape": "ref",
   "to": "visit"
  },
  "moved_to_on": {
   "title": "Flyttet til",
   "shape": "day"
  }
 },
 "visit": {
  "practice_id": {
   "title": "Praksis",
   "shape": "ref",
   "required": true,
   "to": "practice"
  },
  "occurred_at": {
   "title": "Tidspunkt",
   "shape": "instant",
   "required": true
  },
  "minutes": {
   "title": "Minutter",
   "shape": "whole",
   "required": true,
   "least": 1,
   "most": 240
  },
  "mode": {
   "title": "Form",
   "shape": "code",
   "required": true,
   "codes": "visit_mode"
  },
  "purpose": {
   "title": "Formål",
   "shape": "code",
   "required": true,
   "codes": "visit_purpose"
  },
  "other_purposes": {
   "title": "Også",
   "shape": "codes",
   "codes": "visit_purpose",
   "most": 10
  },
  "met_roles": {
   "title": "Mødte",
   "shape": "codes",
   "required": true,
   "codes": "met_role",
   "most": 7
  },
  "outcome": {
   "title": "Resultat",
   "shape": "code",
   "required": true,
   "codes": "visit_outcome"
  },
  "next_visit_on": {
   "title": "Næste besøg",
   "shape": "day"
  },
  "follow_up": {
   "title": "Opfølgning",
   "shape": "text",
   "most": 80
  },
  "follow_up_on": {
   "title": "Opfølgning senest",
   "shape": "day"
  },
  "follow_up_by": {
   "title": "Ansvarlig",
   "shape": "code",
   "codes": "responsible"
  },
  "note": {
   "title": "Note",
   "shape": "text",
   "most": 140,
   "hint": "Skriv kun om praksis."
  }
 },
 "stock_move": {
  "batch_id": {
   "title": "Oplag",
   "shape": "ref",
   "required": true,
   "to": "material_batch"
  },
  "move": {
   "title": "Bevægelse",
   "shape": "code",
   "required": true,
   "codes": "stock_move"
  },
  "quantity": {
   "title": "Antal",
   "shape": "whole",
   "required": true,
   "least": 1,
   "most": 1000000
  },
  "from_place": {
   "title": "Fra",
   "shape": "code",
   "required": true,
   "codes": "stock_place"
  },
  "to_place": {
   "title": "Til",
   "shape": "code",
   "required": true,
   "codes": "stock_place"
  },
  "practice_id": {
   "title": "Praksis",
   "shape": "ref",
   "to": "practice"
  },
  "visit_id": {
   "title": "Besøg",
   "shape": "ref",
   "to": "visit"
  },
  "occurred_at": {
   "title": "Tidspunkt",
   "shape": "instant"
  }
 },
 "contact_log": {
  "practice_id": {
   "title": "Praksis",
   "shape": "ref",
   "required": true,
   "to": "practice"
  },
  "occurred_at": {
   "title": "Tidspunkt",
   "shape": "instant",
   "required": true
  },
  "channel": {
   "title": "Hvordan",
   "shape": "code",
   "required": true,
   "codes": "contact_channel"
  },
  "minutes": {
   "title": "Minutter",
   "shape": "whole",
   "least": 1,
   "most": 240
  },
  "instead_of_letter": {
   "title": "I stedet for brev",
   "shape": "flag"
  },
  "minutes_saved": {
   "title": "Sparet tid, eget skøn",
   "shape": "whole",
   "most": 240
  },
  "note": {
   "title": "Note",
   "shape": "text",
   "most": 140,
   "hint": "Skriv kun om praksis."
  }
 },
 "citizen": {
  "code": {
   "title": "Kode",
   "shape": "text",
   "required": true,
   "most": 7,
   "hint": "Skriv koden fra samtalekortet.",
   "pattern": "^B-[2-9BCDFGHJKMNPQRTVWX]{5}$"
  },
  "first_practice_id": {
   "title": "Første praksis",
   "shape": "ref",
   "required": true,
   "to": "practice"
  },
  "benefit": {
   "title": "Ydelse",
   "shape": "code",
   "codes": "benefit"
  },
  "sickness_state": {
   "title": "Status",
   "shape": "code",
   "codes": "sickness_state"
  },
  "came_via": {
   "title": "Kom via",
   "shape": "code",
   "codes": "came_via"
  },
  "age_band": {
   "title": "Alder",
   "shape": "code",
   "codes": "age_band"
  },
  "adviser_id": {
   "title": "Rådgiver",
   "shape": "ref",
   "to": "user"
  },
  "language": {
   "title": "Sprog",
   "shape": "code",
   "codes": "language"
  },
  "interpreter": {
   "title": "Tolk",
   "shape": "flag"
  },
  "status": {
   "title": "Borgerstatus",
   "shape": "code",
   "codes": "citizen_status"
  },
  "former_codes": {
   "title": "Tidligere koder",
   "shape": "entries",
   "most": 40
  },
  "merged_into_id": {
   "title": "Lagt sammen med",
   "shape": "ref",
   "to": "citizen"
  }
 },
 "information_given": {
  "citizen_id": {
   "title": "Borger",
   "shape": "ref",
   "required": true,
   "to": "citizen"
  },
  "text_version": {
   "title": "Tekstversion",
   "shape": "text",
   "required": true,
   "least": 1,
   "most": 40
  },
  "language": {
   "title": "Sprog",
   "shape": "code",
   "required": true,
   "codes": "language"
  },
  "how": {
   "title": "Hvordan",
   "shape": "code",
   "required": true,
   "codes": "information_form"
  },
  "given_on": {
   "title": "Dato",
   "shape": "day",
   "required": true
  }
 },
 "consent_event": {
  "citizen_id": {
   "title": "Borger",
   "shape": "ref",
   "required": true,
   "to": "citizen"
  },
  "scope": {
   "title": "Samtykke til",
   "shape": "code",
   "required": true,
   "codes": "consent_scope"
  },
  "event": {
   "title": "Svar",
   "shape": "code",
   "required": true,
   "codes": "consent_event"
  },
  "form": {
   "title": "Samtykkeform",
   "shape": "code",
   "required": true,
   "codes": "consent_form"
  },
  "given_on": {
   "title": "Dato",
   "shape": "day",
   "required": true
  },
  "valid_until": {
   "title": "Gælder til",
   "shape": "day"
  },
  "text_version": {
   "title": "Tekstversion",
   "shape": "text",
   "most": 40
  },
  "paper_held": {
   "title": "Papiret ligger",
   "shape": "code",
   "codes": "paper_place"
  },
  "follows_id": {
   "title": "Efter tilbagetrækning",
   "shape": "ref",
   "to": "consent_event"
  }
 },
 "talk": {
  "type": {
   "title": "Samtaletype",
   "shape": "code",
   "required": true,
   "codes": "talk_type"
  },
  "place": {
   "title": "Sted",
   "shape": "code",
   "required": true,
   "codes": "talk_place"
  },
  "occurred_at": {
   "title": "Tidspunkt",
   "shape": "instant",
   "required": true
  },
  "minutes": {
   "title": "Minutter",
   "shape": "whole",
   "required": true,
   "least": 5,
   "most": 240
  },
  "citizen_id": {
   "title": "Borger",
   "shape": "ref",
   "to": "citizen"
  },
  "practice_id": {
   "title": "Praksis",
   "shape": "ref",
   "to": "practice"
  },
  "visit_id": {
   "title": "Besøg",
   "shape": "ref",
   "to": "visit"
  },
  "district": {
   "title": "Bydel",
   "shape": "code",
   "codes": "district"
  },
  "topics": {
   "title": "Emner",
   "shape": "codes",
   "codes": "topic",
   "most": 3
  },
  "three_party_with": {
   "title": "Trepart med",
   "shape": "codes",
   "codes": "met_role",
   "most": 6
  },
  "note": {
   "title": "Note",
   "shape": "text",
   "most": 280,
   "hint": "Kort. Ingen navne, numre eller diagnoser."
  }
 },
 "next_step": {
  "citizen_id": {
   "title": "Borger",
   "shape": "ref",
   "required": true,
   "to": "citizen"
  },
  "talk_id": {
   "title": "Samtale",
   "shape": "ref",
   "to": "talk"
  },
  "step": {
   "title": "Skridt",
   "shape": "code",
   "required": true,
   "codes": "next_step"
  },
  "responsible": {
   "title": "Ansvarlig",
   "shape": "code",
   "required": true,
   "codes": "responsible"
  },
  "due_on": {
   "title": "Senest",
   "shape": "day",
   "required": true
  },
  "status": {
   "title": "Status",
   "shape": "code",
   "required": true,
   "codes": "step_status"
  },
  "done_on": {
   "title": "Gjort den",
   "shape": "day"
  },
  "needs_scope": {
   "title": "Kræver samtykke til",
   "shape": "code",
   "codes": "consent_scope"
  }
 },
 "enrolment": {
  "citizen_id": {
   "title": "Borger",
   "shape": "ref",
   "required": true,
   "to": "citizen"
  },
  "course_run_id": {
   "title": "Hold",
   "shape": "ref",
   "required": true,
   "to": "course_run"
  },
  "status": {
   "title": "Status",
   "shape": "code",
   "required": true,
   "codes": "enrolment_status"
  },
  "enrolled_at": {
   "title": "Tilmeldt",
   "shape": "instant",
   "required": true
  }
 },
 "attendance_mark": {
  "session_id": {
   "title": "Mødegang",
   "shape": "ref",
   "required": true,
   "to": "course_session"
  },
  "enrolment_id": {
   "title": "Tilmelding",
   "shape": "ref",
   "required": true,
   "to": "enrolment"
  },
  "mark": {
   "title": "Fremmøde",
   "shape": "code",
   "required": true,
   "codes": "attendance"
  }
 },
 "outcome": {
  "citizen_id": {
   "title": "Borger",
   "shape": "ref",
   "required": true,
   "to": "citizen"
  },
  "point": {
   "title": "Opfølgning",
   "shape": "code",
   "required": true,
   "codes": "outcome_point"
  },
  "outcome": {
   "title": "Udfald",
   "shape": "code",
   "required": true,
   "codes": "outcome"
  },
  "source": {
   "title": "Kilde",
   "shape": "code",
   "required": true,
   "codes": "outcome_source"
  },
  "answered_on": {
   "title": "Dato",
   "shape": "day",
   "required": true
  },
  "hours_band": {
   "title": "Timer om ugen",
   "shape": "code",
   "codes": "hours_band"
  },
  "course_completed": {
   "title": "Kursus gennemført",
   "shape": "flag"
  }
 },
 "heard_answer": {
  "answer": {
   "title": "Svar",
   "shape": "code",
   "required": true,
   "codes": "heard_scale"
  },
  "answered_on": {
   "title": "Dato",
   "shape": "day",
   "required": true
  }
 },
 "time_entry": {
  "worked_on": {
   "title": "Dato",
   "shape": "day",
   "required": true
  },
  "activity": {
   "title": "Tid på",
   "shape": "code",
   "required": true,
   "codes": "time_activity"
  },
  "minutes": {
   "title": "Minutter",
   "shape": "whole",
   "required": true,
   "least": -1440,
   "most": 1440
  },
  "source": {
   "title": "Kilde",
   "shape": "code",
   "required": true,
   "codes": "time_source"
  },
  "visit_id": {
   "title": "Besøg",
   "shape": "ref",
   "to": "visit"
  }
 },
 "time_sheet": {
  "month": {
   "title": "Måned",
   "shape": "text",
   "required": true,
   "most": 7,
   "hint": "Skriv måneden som 2026-11.",
   "pattern": "^\\d{4}-\\d{2}$"
  },
  "status": {
   "title": "Status",
   "shape": "code",
   "required": true,
   "codes": "time_sheet_status"
  },
  "submitted_on": {
   "title": "Indsendt",
   "shape": "day"
  },
  "approved_on": {
   "title": "Godkendt",
   "shape": "day"
  }
 }
};

export const CODES: Record<string, readonly { code: string; label: string }[]> = {
 "age_band": [
  {
   "code": "A18_24",
   "label": "18-24"
  },
  {
   "code": "A25_29",
   "label": "25-29"
  },
  {
   "code": "A30_39",
   "label": "30-39"
  },
  {
   "code": "A40_49",
   "label": "40-49"
  },
  {
   "code": "A50_59",
   "label": "50-59"
  },
  {
   "code": "A60",
   "label": "60+"
  },
  {
   "code": "NA",
   "label": "Ikke oplyst"
  }
 ],
 "agreement_status": [
  {
   "code": "CANDIDATE",
   "label": "Udvalgt"
  },
  {
   "code": "CONTACTED",
   "label": "Kontaktet"
  },
  {
   "code": "INFO_MEETING",
   "label": "Infomøde holdt"
  },
  {
   "code": "AGREED",
   "label": "Aftale indgået"
  },
  {
   "code": "PAUSED",
   "label": "Pause"
  },
  {
   "code": "DECLINED",
   "label": "Ønsker ikke"
  },
  {
   "code": "ENDED",
   "label": "Udtrådt"
  }
 ],
 "attendance": [
  {
   "code": "PRESENT",
   "label": "Mødt"
  },
  {
   "code": "LATE",
   "label": "Kom senere"
  },
  {
   "code": "EXCUSED",
   "label": "Afbud"
  },
  {
   "code": "ABSENT",
   "label": "Ikke mødt"
  },
  {
   "code": "UNKNOWN",
   "label": "Ikke registreret"
  }
 ],
 "benefit": [
  {
   "code": "KONTANTHJAELP",
   "label": "Kontanthjælp"
  },
  {
   "code": "SYGEDAGPENGE",
   "label": "Sygedagpenge"
  },
  {
   "code": "JOBAFKLARING",
   "label": "Jobafklaring"
  },
  {
   "code": "DAGPENGE",
   "label": "Dagpenge (a-kasse)"
  },
  {
   "code": "LEDIGHEDSYDELSE",
   "label": "Ledighedsydelse"
  },
  {
   "code": "RESSOURCEFORLOEB",
   "label": "Ressourceforløb"
  },
  {
   "code": "UDDANNELSESHJAELP",
   "label": "Uddannelseshjælp"
  },
  {
   "code": "SHO",
   "label": "SHO/overgangsydelse"
  },
  {
   "code": "IN_JOB",
   "label": "Løn under sygdom"
  },
  {
   "code": "OTHER",
   "label": "Andet"
  },
  {
   "code": "UNKNOWN",
   "label": "Ved ikke"
  }
 ],
 "came_via": [
  {
   "code": "DOCTOR",
   "label": "Lægen"
  },
  {
   "code": "CLINIC_STAFF",
   "label": "Klinikpersonale"
  },
  {
   "code": "MATERIAL",
   "label": "Folder/plakat"
  },
  {
   "code": "SELF",
   "label": "Selv"
  },
  {
   "code": "COURSE",
   "label": "Kursus"
  },
  {
   "code": "JOBCENTER",
   "label": "Jobcenter"
  },
  {
   "code": "OTHER",
   "label": "Andet"
  }
 ],
 "citizen_status": [
  {
   "code": "ACTIVE",
   "label": "Aktiv"
  },
  {
   "code": "RESTING",
   "label": "Hviler"
  },
  {
   "code": "CLOSED",
   "label": "Afsluttet"
  },
  {
   "code": "ERASED",
   "label": "Slettet"
  }
 ],
 "consent_event": [
  {
   "code": "GIVEN",
   "label": "Givet"
  },
  {
   "code": "REFUSED",
   "label": "Sagde nej"
  },
  {
   "code": "WITHDRAWN",
   "label": "Trukket tilbage"
  }
 ],
 "consent_form": [
  {
   "code": "WRITTEN_PAPER",
   "label": "Skriftligt, papir"
  },
  {
   "code": "SCREEN_SIGNED",
   "label": "Underskrift på skærm"
  },
  {
   "code": "ORAL_NOTED",
   "label": "Mundtligt, noteret"
  },
  {
   "code": "GP_CONFIRMED",
   "label": "Bekræftet af læge"
  }
 ],
 "consent_scope": [
  {
   "code": "TALK_RECORD",
   "label": "Gemme korte noter"
  },
  {
   "code": "GP_EXCHANGE",
   "label": "Tale med lægen"
  },
  {
   "code": "JOBCENTER_SHARE",
   "label": "Dele med jobcentret"
  },
  {
   "code": "STUEGANG",
   "label": "Drøfte på stuegang"
  },
  {
   "code": "COURSE_PROVIDER",
   "label": "Dele med kursussted"
  },
  {
   "code": "THIRD_PARTY",
   "label": "Tale med arbejdsgiver/a-kasse"
  },
  {
   "code": "FOLLOW_UP",
   "label": "Kontakte mig 3/6/12 mdr."
  },
  {
   "code": "EVALUATION",
   "label": "Bruge i evaluering"
  }
 ],
 "consent_status": [
  {
   "code": "VALID",
   "label": "Gyldigt"
  },
  {
   "code": "EXPIRING",
   "label": "Udløber snart"
  },
  {
   "code": "EXPIRED",
   "label": "Udløbet"
  },
  {
   "code": "WITHDRAWN",
   "label": "Trukket tilbage"
  },
  {
   "code": "REFUSED",
   "label": "Sagde nej"
  },
  {
   "code": "NOT_ASKED",
   "label": "Ikke spurgt"
  }
 ],
 "contact_channel": [
  {
   "code": "PHONE",
   "label": "Telefon"
  },
  {
   "code": "MEETING",
   "label": "Møde"
  },
  {
   "code": "MAIL",
   "label": "Mail"
  }
 ],
 "course_type": [
  {
   "code": "COPING",
   "label": "Mestring"
  },
  {
   "code": "SYSTEM",
   "label": "Find vej i systemet"
  },
  {
   "code": "BODY",
   "label": "Krop og ro"
  },
  {
   "code": "STRESS",
   "label": "Søvn og stress"
  },
  {
   "code": "JOB",
   "label": "Job med hensyn"
  },
  {
   "code": "EDUCATION",
   "label": "Tilbage til uddannelse"
  }
 ],
 "district": [
  {
   "code": "VESTERBRO",
   "label": "Vesterbro"
  },
  {
   "code": "VALBY",
   "label": "Valby"
  },
  {
   "code": "KGS_ENGHAVE",
   "label": "Kgs. Enghave"
  }
 ],
 "enrolment_status": [
  {
   "code": "INTERESTED",
   "label": "Interesseret"
  },
  {
   "code": "ENROLLED",
   "label": "Tilmeldt"
  },
  {
   "code": "WAITLISTED",
   "label": "Venteliste"
  },
  {
   "code": "OFFERED",
   "label": "Plads tilbudt"
  },
  {
   "code": "STARTED",
   "label": "I gang"
  },
  {
   "code": "COMPLETED",
   "label": "Gennemført"
  },
  {
   "code": "DROPPED_OUT",
   "label": "Stoppet"
  },
  {
   "code": "NO_SHOW",
   "label": "Mødte aldrig"
  },
  {
   "code": "CANCELLED",
   "label": "Afmeldt"
  },
  {
   "code": "DECLINED",
   "label": "Takkede nej"
  },
  {
   "code": "MOVED",
   "label": "Flyttet hold"
  }
 ],
 "heard_scale": [
  {
   "code": "1",
   "label": "Slet ikke"
  },
  {
   "code": "2",
   "label": "Lidt"
  },
  {
   "code": "3",
   "label": "Nogenlunde"
  },
  {
   "code": "4",
   "label": "Godt"
  },
  {
   "code": "5",
   "label": "Meget"
  }
 ],
 "hours_band": [
  {
   "code": "H1_14",
   "label": "1-14"
  },
  {
   "code": "H15_29",
   "label": "15-29"
  },
  {
   "code": "H30",
   "label": "30 eller flere"
  }
 ],
 "information_form": [
  {
   "code": "READ_ALOUD",
   "label": "Læst højt"
  },
  {
   "code": "PAPER",
   "label": "På papir"
  },
  {
   "code": "SCREEN",
   "label": "På skærmen"
  }
 ],
 "initiative": [
  {
   "code": "GP",
   "label": "Lægen"
  },
  {
   "code": "JOBCENTRE",
   "label": "Jobcentret"
  },
  {
   "code": "PROJECT",
   "label": "Projektet"
  }
 ],
 "language": [
  {
   "code": "da",
   "label": "Dansk"
  },
  {
   "code": "en",
   "label": "Engelsk"
  },
  {
   "code": "ar",
   "label": "Arabisk"
  },
  {
   "code": "so",
   "label": "Somali"
  },
  {
   "code": "tr",
   "label": "Tyrkisk"
  },
  {
   "code": "ur",
   "label": "Urdu"
  },
  {
   "code": "pl",
   "label": "Polsk"
  },
  {
   "code": "fa",
   "label": "Farsi"
  }
 ],
 "material_type": [
  {
   "code": "PATIENT_FLYER",
   "label": "Folder til patienter"
  },
  {
   "code": "POSTER",
   "label": "Plakat"
  },
  {
   "code": "GP_GUIDE",
   "label": "Vejledning til læger"
  },
  {
   "code": "CARD",
   "label": "Visitkort"
  },
  {
   "code": "TALK_CARD",
   "label": "Samtalekort"
  },
  {
   "code": "COURSE_PROGRAMME",
   "label": "Kursusprogram"
  },
  {
   "code": "CONSENT_BLOCK",
   "label": "Samtykkeblok"
  },
  {
   "code": "DISPLAY",
   "label": "Holder/display"
  },
  {
   "code": "SCREEN",
   "label": "Skærmbillede"
  }
 ],
 "met_role": [
  {
   "code": "DOCTOR",
   "label": "Læge"
  },
  {
   "code": "NURSE",
   "label": "Sygeplejerske"
  },
  {
   "code": "SECRETARY",
   "label": "Sekretær"
  },
  {
   "code": "MANAGER",
   "label": "Klinikleder"
  },
  {
   "code": "OTHER_STAFF",
   "label": "Andet personale"
  },
  {
   "code": "CITIZEN",
   "label": "Borger"
  },
  {
   "code": "NOBODY",
   "label": "Ingen"
  }
 ],
 "next_step": [
  {
   "code": "NEW_TALK",
   "label": "Ny samtale"
  },
  {
   "code": "COURSE",
   "label": "Kursus"
  },
  {
   "code": "SELF_JOBCENTER",
   "label": "Kontakter selv jobcenter"
  },
  {
   "code": "BRIDGE_JOBCENTER",
   "label": "Vi bygger bro til jobcenter"
  },
  {
   "code": "GP_TIME",
   "label": "Tid hos læge"
  },
  {
   "code": "THREE_PARTY",
   "label": "Trepart med læge"
  },
  {
   "code": "STUEGANG",
   "label": "På stuegang"
  },
  {
   "code": "JOB_IDEA",
   "label": "Idé: praktik/småjob"
  },
  {
   "code": "EDU_GUIDANCE",
   "label": "Uddannelsesvejledning"
  },
  {
   "code": "UNION",
   "label": "A-kasse/fagforening"
  },
  {
   "code": "HEALTH_OFFER",
   "label": "Sundhedstilbud"
  },
  {
   "code": "DEBT",
   "label": "Gældsrådgivning"
  },
  {
   "code": "SUBSTANCE_CENTRE",
   "label": "Rusmiddelcenter"
  },
  {
   "code": "HOUSING",
   "label": "Boligrådgivning"
  },
  {
   "code": "NONE",
   "label": "Intet aftalt"
  }
 ],
 "outcome": [
  {
   "code": "JOB",
   "label": "I job"
  },
  {
   "code": "JOB_PART",
   "label": "Deltid/småjob"
  },
  {
   "code": "FLEXJOB",
   "label": "Fleksjob"
  },
  {
   "code": "EDUCATION",
   "label": "Uddannelse"
  },
  {
   "code": "PARTIAL_RETURN",
   "label": "Delvist tilbage"
  },
  {
   "code": "PLACEMENT",
   "label": "Praktik/løntilskud"
  },
  {
   "code": "WELL_UNEMPLOYED",
   "label": "Rask, uden job"
  },
  {
   "code": "STILL_SICK",
   "label": "Stadig sygemeldt"
  },
  {
   "code": "NEW_SICK",
   "label": "Ny sygemelding"
  },
  {
   "code": "PENSION",
   "label": "Pension"
  },
  {
   "code": "MOVED",
   "label": "Flyttet"
  },
  {
   "code": "UNREACHABLE",
   "label": "Ikke truffet"
  },
  {
   "code": "NO_ANSWER",
   "label": "Ønsker ikke at svare"
  },
  {
   "code": "DECEASED",
   "label": "Død"
  }
 ],
 "outcome_point": [
  {
   "code": "M3",
   "label": "3 mdr."
  },
  {
   "code": "M6",
   "label": "6 mdr."
  },
  {
   "code": "M12",
   "label": "12 mdr."
  }
 ],
 "outcome_source": [
  {
   "code": "CITIZEN",
   "label": "Borger"
  },
  {
   "code": "GP",
   "label": "Læge (samtykke)"
  },
  {
   "code": "JOBCENTER",
   "label": "Jobcenter (samtykke)"
  }
 ],
 "paper_place": [
  {
   "code": "ADVISER",
   "label": "Hos rådgiveren"
  },
  {
   "code": "OFFICE",
   "label": "På kontoret"
  },
  {
   "code": "PRACTICE",
   "label": "Hos praksis"
  },
  {
   "code": "CITIZEN",
   "label": "Hos borgeren"
  }
 ],
 "plan_status": [
  {
   "code": "PLANNED",
   "label": "Planlagt"
  },
  {
   "code": "ARRIVED",
   "label": "Ankommet"
  },
  {
   "code": "LOGGED",
   "label": "Logget"
  },
  {
   "code": "CANCELLED",
   "label": "Aflyst"
  },
  {
   "code": "MOVED",
   "label": "Flyttet"
  }
 ],
 "practice_type": [
  {
   "code": "ENKELTMANDSPRAKSIS",
   "label": "Enkeltmandspraksis"
  },
  {
   "code": "SAMARBEJDSPRAKSIS",
   "label": "Samarbejdspraksis"
  },
  {
   "code": "KOMPAGNISKAB",
   "label": "Kompagniskab"
  },
  {
   "code": "REGIONSKLINIK",
   "label": "Regionsklinik/udbudsklinik"
  }
 ],
 "responsible": [
  {
   "code": "CITIZEN",
   "label": "Borger"
  },
  {
   "code": "ADVISER",
   "label": "Rådgiver"
  },
  {
   "code": "GP",
   "label": "Læge"
  },
  {
   "code": "CASEWORKER",
   "label": "Sagsbehandler"
  }
 ],
 "role": [
  {
   "code": "ADVISER",
   "label": "Rådgiver"
  },
  {
   "code": "COORDINATOR",
   "label": "Koordinator"
  },
  {
   "code": "STEERING",
   "label": "Styregruppe"
  },
  {
   "code": "EVALUATOR",
   "label": "Evaluator"
  },
  {
   "code": "SYSADMIN",
   "label": "Systemadministrator"
  },
  {
   "code": "AUDITOR",
   "label": "Databeskyttelse"
  }
 ],
 "run_status": [
  {
   "code": "PLANNED",
   "label": "Planlagt"
  },
  {
   "code": "RUNNING",
   "label": "I gang"
  },
  {
   "code": "HELD",
   "label": "Afholdt"
  },
  {
   "code": "CANCELLED",
   "label": "Aflyst"
  }
 ],
 "session_status": [
  {
   "code": "PLANNED",
   "label": "Planlagt"
  },
  {
   "code": "HELD",
   "label": "Holdt"
  },
  {
   "code": "CANCELLED",
   "label": "Aflyst"
  },
  {
   "code": "MOVED",
   "label": "Flyttet"
  }
 ],
 "sickness_state": [
  {
   "code": "AT_RISK",
   "label": "I risiko"
  },
  {
   "code": "FULL",
   "label": "Sygemeldt"
  },
  {
   "code": "PARTIAL",
   "label": "Delvist sygemeldt"
  },
  {
   "code": "WELL",
   "label": "Raskmeldt"
  },
  {
   "code": "UNKNOWN",
   "label": "Ved ikke"
  }
 ],
 "step_status": [
  {
   "code": "OPEN",
   "label": "Åben"
  },
  {
   "code": "DONE",
   "label": "Gjort"
  },
  {
   "code": "DROPPED",
   "label": "Droppet"
  }
 ],
 "stock_move": [
  {
   "code": "RECEIVED",
   "label": "Modtaget"
  },
  {
   "code": "TO_BAG",
   "label": "Til taske"
  },
  {
   "code": "HANDED_OUT",
   "label": "Uddelt"
  },
  {
   "code": "RETURNED",
   "label": "Retur"
  },
  {
   "code": "SCRAPPED",
   "label": "Kasseret"
  },
  {
   "code": "COUNT",
   "label": "Optalt"
  }
 ],
 "stock_place": [
  {
   "code": "SUPPLIER",
   "label": "Leverandør"
  },
  {
   "code": "DEPOT",
   "label": "Lager"
  },
  {
   "code": "BAG",
   "label": "Taske"
  },
  {
   "code": "PRACTICE",
   "label": "Praksis"
  },
  {
   "code": "CITIZEN",
   "label": "Borger"
  },
  {
   "code": "EVENT",
   "label": "Arrangement"
  },
  {
   "code": "SCRAP",
   "label": "Kasseret"
  }
 ],
 "sync_state": [
  {
   "code": "DRAFT",
   "label": "Kladde"
  },
  {
   "code": "WAITING",
   "label": "Venter på net"
  },
  {
   "code": "SENT",
   "label": "Sendt"
  },
  {
   "code": "SAVED",
   "label": "Gemt"
  },
  {
   "code": "FIX",
   "label": "Skal rettes"
  },
  {
   "code": "CONFLICT",
   "label": "Skal afklares"
  }
 ],
 "talk_place": [
  {
   "code": "CLINIC_ROOM",
   "label": "Lokale i klinikken"
  },
  {
   "code": "CLINIC_OTHER",
   "label": "Andet sted i klinikken"
  },
  {
   "code": "PHONE",
   "label": "Telefon"
  },
  {
   "code": "VIDEO",
   "label": "Video"
  },
  {
   "code": "WALK",
   "label": "Gåtur"
  },
  {
   "code": "PUBLIC",
   "label": "Bibliotek/café"
  },
  {
   "code": "COURSE_SITE",
   "label": "Kursussted"
  },
  {
   "code": "JOBCENTER",
   "label": "Jobcenter"
  },
  {
   "code": "HOME",
   "label": "Hjemme"
  }
 ],
 "talk_type": [
  {
   "code": "FIRST",
   "label": "Første samtale"
  },
  {
   "code": "FOLLOW_UP",
   "label": "Opfølgning"
  },
  {
   "code": "THREE_PARTY",
   "label": "Trepart med læge"
  },
  {
   "code": "CLOSING",
   "label": "Afslutning"
  },
  {
   "code": "ANONYMOUS",
   "label": "Anonym"
  }
 ],
 "time_activity": [
  {
   "code": "VISIT",
   "label": "Besøg"
  },
  {
   "code": "TALK",
   "label": "Samtaler"
  },
  {
   "code": "RIDE",
   "label": "Cykling"
  },
  {
   "code": "COURSE",
   "label": "Kursus"
  },
  {
   "code": "STUEGANG",
   "label": "Stuegang"
  },
  {
   "code": "MATERIAL",
   "label": "Materiale"
  },
  {
   "code": "TRAINING",
   "label": "Uddannelse"
  },
  {
   "code": "COORDINATION",
   "label": "Koordinering"
  },
  {
   "code": "RECORDING",
   "label": "Registrering"
  },
  {
   "code": "EVALUATION",
   "label": "Evaluering og konference"
  },
  {
   "code": "OTHER_PROJECT",
   "label": "Andet i projektet"
  },
  {
   "code": "NOT_PROJECT",
   "label": "Ikke projekt"
  },
  {
   "code": "AWAY",
   "label": "Fravær"
  }
 ],
 "time_sheet_status": [
  {
   "code": "OPEN",
   "label": "Åben"
  },
  {
   "code": "SUBMITTED",
   "label": "Indsendt"
  },
  {
   "code": "APPROVED",
   "label": "Godkendt"
  },
  {
   "code": "CORRECTED",
   "label": "Rettet"
  }
 ],
 "time_source": [
  {
   "code": "AUTO",
   "label": "Forslag"
  },
  {
   "code": "MANUAL",
   "label": "Skrevet selv"
  }
 ],
 "topic": [
  {
   "code": "FUTURE",
   "label": "Fremtid og mål"
  },
  {
   "code": "WORK",
   "label": "Job"
  },
  {
   "code": "EDUCATION",
   "label": "Uddannelse"
  },
  {
   "code": "SYSTEM",
   "label": "Forstå systemet"
  },
  {
   "code": "BENEFIT",
   "label": "Ydelse og regler"
  },
  {
   "code": "PAPERS",
   "label": "Attester og papirer"
  },
  {
   "code": "WORKPLACE",
   "label": "Arbejdsplads og hensyn"
  },
  {
   "code": "COPING",
   "label": "Hverdag med sygdom"
  },
  {
   "code": "MIND",
   "label": "Stress og psyke"
  },
  {
   "code": "BODY",
   "label": "Krop og smerter"
  },
  {
   "code": "LIFESTYLE",
   "label": "Kost og motion"
  },
  {
   "code": "MONEY",
   "label": "Økonomi og gæld"
  },
  {
   "code": "HOUSING",
   "label": "Bolig"
  },
  {
   "code": "NETWORK",
   "label": "Familie og netværk"
  },
  {
   "code": "SUBSTANCE",
   "label": "Rusmidler"
  },
  {
   "code": "LANGUAGE",
   "label": "Sprog og tolk"
  },
  {
   "code": "JOBSEARCH",
   "label": "CV og jobsøgning"
  },
  {
   "code": "OTHER",
   "label": "Andet"
  }
 ],
 "visit_mode": [
  {
   "code": "IN_PERSON",
   "label": "Fremmøde"
  },
  {
   "code": "PHONE",
   "label": "Telefon"
  },
  {
   "code": "VIDEO",
   "label": "Video"
  }
 ],
 "visit_outcome": [
  {
   "code": "COMPLETED",
   "label": "Gennemført"
  },
  {
   "code": "DESK_ONLY",
   "label": "Kun ved skranken"
  },
  {
   "code": "NO_TIME",
   "label": "Ingen tid"
  },
  {
   "code": "CLOSED",
   "label": "Lukket/ferie"
  },
  {
   "code": "CANCELLED_BY_PRACTICE",
   "label": "Praksis aflyste"
  },
  {
   "code": "CANCELLED_BY_US",
   "label": "Vi aflyste"
  },
  {
   "code": "RESCHEDULED",
   "label": "Ny tid aftalt"
  }
 ],
 "visit_purpose": [
  {
   "code": "REGULAR",
   "label": "Fast besøg"
  },
  {
   "code": "INTRODUCTION",
   "label": "Præsentation"
  },
  {
   "code": "PATIENT_TALK",
   "label": "Patientsamtale"
  },
  {
   "code": "GP_SPARRING",
   "label": "Sparring med læge"
  },
  {
   "code": "MATERIAL",
   "label": "Materiale"
  },
  {
   "code": "STUEGANG",
   "label": "Stuegang"
  },
  {
   "code": "COURSE_INFO",
   "label": "Kursusinfo"
  },
  {
   "code": "TRAINING",
   "label": "Oplæg/undervisning"
  },
  {
   "code": "EVALUATION",
   "label": "Evaluering"
  },
  {
   "code": "OTHER",
   "label": "Andet"
  }
 ]
};

export const CLOSED_DAYS: Record<string, string> = {
 "2025-01-01": "Nytårsdag",
 "2025-04-17": "Skærtorsdag",
 "2025-04-18": "Langfredag",
 "2025-04-20": "Påskedag",
 "2025-04-21": "2. påskedag",
 "2025-05-01": "1. maj (lokal aftale)",
 "2025-05-29": "Kristi himmelfartsdag",
 "2025-06-05": "Grundlovsdag (lokal aftale)",
 "2025-06-08": "Pinsedag",
 "2025-06-09": "2. pinsedag",
 "2025-12-24": "Juleaftensdag (lokal aftale)",
 "2025-12-25": "Juledag",
 "2025-12-26": "2. juledag",
 "2025-12-31": "Nytårsaftensdag (lokal aftale)",
 "2026-01-01": "Nytårsdag",
 "2026-04-02": "Skærtorsdag",
 "2026-04-03": "Langfredag",
 "2026-04-05": "Påskedag",
 "2026-04-06": "2. påskedag",
 "2026-05-01": "1. maj (lokal aftale)",
 "2026-05-14": "Kristi himmelfartsdag",
 "2026-05-24": "Pinsedag",
 "2026-05-25": "2. pinsedag",
 "2026-06-05": "Grundlovsdag (lokal aftale)",
 "2026-12-24": "Juleaftensdag (lokal aftale)",
 "2026-12-25": "Juledag",
 "2026-12-26": "2. juledag",
 "2026-12-31": "Nytårsaftensdag (lokal aftale)",
 "2027-01-01": "Nytårsdag",
 "2027-03-25": "Skærtorsdag",
 "2027-03-26": "Langfredag",
 "2027-03-28": "Påskedag",
 "2027-03-29": "2. påskedag",
 "2027-05-01": "1. maj (lokal aftale)",
 "2027-05-06": "Kristi himmelfartsdag",
 "2027-05-16": "Pinsedag",
 "2027-05-17": "2. pinsedag",
 "2027-06-05": "Grundlovsdag (lokal aftale)",
 "2027-12-24": "Juleaftensdag (lokal aftale)",
 "2027-12-25": "Juledag",
 "2027-12-26": "2. juledag",
 "2027-12-31": "Nytårsaftensdag (lokal aftale)"
};

export const INVENTED: string = "DEMO";
