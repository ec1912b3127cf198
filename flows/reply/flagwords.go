package reply

// deadly are the findings that a denial must stand near to take back.
var deadly = setOf("death_wish", "self_harm", "kill_verb", "self_obj", "self_verb_end", "other_crisis")

// alarming are the concepts that make a question worth a clinician's look.
var alarming = setOf("excreta", "numb", "weak", "bladder", "peed", "gives_way", "fever", "short_breath", "chest",
	"death_wish", "self_harm", "cancer", "clot", "fainted", "tingling", "drag", "saddle", "stroke_word", "heart_attack", "seizure")

// lasting are events that "I'm fine now" does not undo.
var lasting = setOf("peed", "fainted", "passed_out", "face_bad", "face", "speech", "speech_bad", "seizure", "cough_blood", "blood_out", "fell", "fell_word", "crash", "blow",
	"death_wish", "self_harm", "stroke_word", "heart_attack", "bowel_loss", "pee_word", "minor_fall", "lost_weight", "lost_word", "unexplained",
	"lethal_move", "reason_lost", "will_word", "weary", "want_not", "want_es", "last_one", "farewell", "given_up", "death_hope", "death_event", "cut_self", "erection_gone",
	"half_body", "limp", "slurred", "no_speech_told", "vision_loss", "mouth_leak", "fall_told", "threw_me", "vehicle_mishap", "ran_into", "support_fails", "blood_sign", "shrunk_sign", "hit_by", "struck_verb")

// places are findings that a denial does not take back: in "no feeling in my
// foot" the foot is not denied.
var places = setOf("cond_dead", "not_alive", "saddle", "genital", "leg", "legs", "arm", "chest", "jaw", "belly", "face", "back", "bladder", "pee_word", "wipe",
	"asked_feel", "sex", "urge", "travel", "front_to_back", "surgery_site", "spine_procedure", "both", "other_leg", "left",
	"right_side", "night", "half_body", "body_side", "calf_leg", "throat", "vehicle", "mine", "bowel_loss", "retention",
	"life_word", "life_core", "body_kill", "alone_word", "hurt_self", "lethal_place", "lethal_thing", "death_event", "every_night", "unexplained", "constant", "persists", "blow_place", "fell_from",
	"neither_leg", "alive_es", "found_me_es", "holds_up", "cannot_tell", "seat_contact",
	"life_from", "life_away", "life_bare", "not_back", "finds_me", "fault_none", "last_time", "last_sure",
	"given_end", "no_morning", "not_intend", "stay_word", "stay_why", "hope_harm", "woke_sorry", "reads_gone",
	"bye_note", "own_grave", "mine_soon", "burden_word", "burden_end", "insurance_end", "attempt_now", "own_harm",
	"own_body", "join_them", "will_not_see", "let_fate", "head_shot", "means_why", "tried_to_die", "brink",
	"no_wake", "fine_with", "if_not_for", "not_else", "hear_again", "love_sorry", "wish_said", "live_without",
	"lethal_dose", "gone_dead", "kept_safe", "kept_why", "no_stopping", "cant_stay", "reason_stay", "reason_need",
	"jump_intent", "pain_ends", "calm_end", "finder",
	"below_place", "loo_word", "ed_pill", "below_es", "partner_touch", "inner_thing", "gas_word",
	"living_word", "me_mato", "welcome",
	"no_out_alive", "survived_es")

// falls are the words for a fall that "fell asleep" also begins with.
var falls = setOf("fell", "fell_word")

// agents are findings that someone else may bring about: "my kid jumped on my back".
var agents = setOf("blow", "strong_blow", "struck_verb", "my_vehicle", "blow_agent", "blow_place", "threw_me",
	"kept_from", "firearm", "threat_verb", "drown_self", "touch_thing", "pin_word", "poke", "inner_thing", "partner_touch",
	"other_suicide", "lighter", "self_absent", "heirs_es", "dead_word",
	"other_crisis", "finder", "finds_me", "after_me", "fault_none", "lost_one", "taker", "insurance_word",
	"insurance_end", "given_end", "last_sure", "attempt_now", "my_threat", "pills", "lethal_thing", "kept_safe",
	"kept_why", "love_sorry", "gone_dead", "if_not_for", "once_gone", "tell_mine", "ask_number", "stay_why", "other_cuts", "found_means", "found_state", "locked_in",
	"stay_word", "missed_by_none", "burden_word", "burden_end", "me_too_es", "line_called", "no_wake",
	"stairs", "adult_pads", "like_epidural", "i_went_off", "fell_place", "check_wet", "crash_any",
	"cond_es", "mourned_es", "attempt_sign", "came_back_es", "giving_away", "go_with_es")
