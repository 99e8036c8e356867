"""How the subjects of automatic answers begin. Data, casefolded."""

from chalicelib.inbound_mail.word_lists import words

# What programs put in front of the subject that they answer.
TITLES = words(
    """
    automatic reply; auto reply; autoreply; auto-reply; auto response; autoresponse; out of
    office; out of the office; out-of-office; ooo:; abwesenheitsnotiz; automatische antwort;
    automatisch antwoord; réponse automatique; reponse automatique; absence du bureau; message
    d'absence; respuesta automática; respuesta automatica; fuera de la oficina; resposta
    automática; resposta automatica; fora do escritório; risposta automatica; fuori sede; fuori
    ufficio; automatiskt svar; autosvar; automatisk svar; fraværsmeddelelse; automaattinen
    vastaus; automatická odpověď; automatická odpoveď; odpowiedź automatyczna; automatyczna
    odpowiedź; autoodpowiedź; poza biurem; автоматический ответ; автоответ; вне офиса;
    автоматична відповідь; automatikus válasz; házon kívül; otomatik yanıt; ofis dışında;
    otomatik cevap; răspuns automat; αυτόματη απάντηση; автоматичен отговор; automatski odgovor;
    samodejni odgovor; automaatvastus; automatinis atsakymas; automātiska atbilde; trả lời tự
    động; ตอบกลับอัตโนมัติ; balasan otomatis; 自動返信; 自动回复; 自動回覆; 不在通知; 자동 회신; 자동응답; תשובה
    אוטומטית; מחוץ למשרד; رد تلقائي; automatic response; automatic answer; auto-response; out of
    office reply; oof:; automatische reactie; réponse d'absence; notification d'absence;
    respuesta de ausencia; mensaje automático; mensagem automática; resposta de ausência; 自动答复;
    自動応答; 不在のお知らせ; 자동 응답
    """
)

# What people write as the subject of their own vacation notice, and sometimes of a letter.
ABSENCES = words(
    """
    vacation; away from; on vacation; abwesenheit; afwezig; ausencia; ausência; ausente;
    assenza; frånvaro; ikke til stede; fravær; poissa; 外出中; 부재중; i am out of the office; i'm out
    of the office; i am away; currently out of; on leave; im urlaub; nicht im büro; abwesend;
    absent du bureau; absent(e); de vacaciones; estou de férias; férias; fuera de oficina; in
    ferie; på semester; på ferie; na dovolené; na urlopie; в отпуске
    """
)
