"""Words that open a signature, a disclaimer or a footer, per language. Data only, casefolded."""

from chalicelib.inbound_mail.word_lists import words

# A line that is only this (and a comma, a full stop ...) opens a signature when little follows.
CLOSINGS = frozenset(
    words(
        """
    regards; with best wishes; happy holidays; xoxo; best regards; kind regards; warm regards; warmest regards; best wishes; with best
    regards; with kind regards; with regards; kindest regards; many regards; best; all the best;
    sincerely; yours sincerely; sincerely yours; yours truly; yours faithfully; respectfully;
    cordially; cheers; rgds; br; kr; brgds; brgs; b. rgds; thanks and regards; thanks & regards;
    thanks and best regards; warmly; thank you and regards; thanks and kind regards; thanks &
    best regards; take care; with thanks and regards; thank you and best regards; yours;
    greetings; kind wishes; best regards and thanks; with warm regards; have a nice day; have a
    great day; mit freundlichen grüßen; mit freundlichen grüssen; mit freundlichem gruß; mfg;
    lg; mit freundlichem gruss; freundliche grüße; freundliche grüsse; viele grüße; vg; viele
    grüsse; liebe grüße; liebe grüsse; beste grüße; beste grüsse; gruß; gruss; grüße; grüsse;
    herzliche grüße; herzliche grüsse; schöne grüße; schöne grüsse; mit besten grüßen; mit
    besten grüssen; mit herzlichen grüßen; hochachtungsvoll; freundlicher gruß; freundlicher
    gruss; bis dann; grüßle; grüessli; liebi grüess; mit lieben grüßen; bg; fg; mit vielen grüßen; sonnige grüße; vielen dank
    und viele grüße; danke und gruß; vielen dank und freundliche grüße; danke und viele grüße;
    besten gruß; lieben gruß; cordialement; bien cordialement; très cordialement; bien à vous;
    bien à toi; cdt; cdlt; salutations; sincères salutations; meilleures salutations;
    amicalement; bonne journée; bonne soirée; bonne journée à vous; bonne soirée à vous; respectueusement; sincèrement; à bientôt; bàv;
    salutations distinguées; avec mes salutations; cordiales salutations; amitiés; avec nos
    salutations; belle journée; excellente journée; bonne réception; saludos; un saludo; saludos
    cordiales; atentamente; cordialmente; muchos saludos; un cordial saludo; saludos, gracias;
    atte; atte.; un abrazo; reciba un saludo; cordial saludo; muchas gracias y saludos; gracias
    y saludos; saludo; quedo atento; quedo atenta; quedamos atentos; atenciosamente; cumprimentos; com os melhores cumprimentos;
    melhores cumprimentos; abraço; abraços; att; att.; um abraço; saudações; cordiais saudações;
    grato; grata; abs; com cumprimentos; respeitosamente; obrigado e cumprimentos; cordiali
    saluti; distinti saluti; saluti; un saluto; cari saluti; a presto; buona giornata; tanti
    saluti; grazie e saluti; cordialità; un cordiale saluto; met vriendelijke groet; met
    vriendelijke groeten; vriendelijke groet; mvg; groet; vriendelijke groeten; groeten;
    groetjes; met hartelijke groet; hoogachtend; hartelijke groet; hartelijke groeten; beste
    groet; beste groeten; gr; gr.; med vänlig hälsning; med vänliga hälsningar; vänliga
    hälsningar; mvh; hälsningar; vänlig hälsning; hälsning; bästa hälsningar; med venlig hilsen;
    venlig hilsen; de bedste hilsner; bedste hilsner; hilsen; mange hilsner; vh; kh; kærlig
    hilsen; med vennlig hilsen; vennlig hilsen; beste hilsen; med venleg helsing; hilsner;
    ystävällisin terveisin; terveisin; t.; parhain terveisin; yt; kveðja; terv.; bestu kveðjur;
    med hilsen; dbh; mvh.; hej då; ha det bra; vh.; s pozdravem; s přátelským pozdravem; s
    pozdravom; s priateľským pozdravom; pozdrawiam; z poważaniem; z powazaniem; pozdrawiam
    serdecznie; serdecznie pozdrawiam; pozdrav; z wyrazami szacunku; łączę wyrazy szacunku;
    serdeczne pozdrowienia; pozdrowienia; с уважением; с наилучшими пожеланиями; всего доброго;
    всего хорошего; с приветом; з повагою; з найкращими побажаннями; с поздрав; поздрави; с
    уважение; lp; поздрав; lep pozdrav; srdačan pozdrav; lijep pozdrav; s poštovanjem; pozdravi;
    srdačno; üdvözlettel; tisztelettel; üdv; köszönettel; cu stimă; cu respect; toate cele bune;
    με εκτίμηση; φιλικά; με φιλικούς χαιρετισμούς; saygılarımla; iyi çalışmalar; saygılar; iyi
    günler; lugupidamisega; tervitades; pagarbiai; su pagarba; ar cieņu; 以上、よろしくお願いいたします;
    よろしくお願いいたします; よろしくお願いします; 宜しくお願い致します; 宜しくお願いいたします; よろしくお願い致します; 以上、よろしくお願いします; 敬具; 此致; 敬礼;
    此致敬礼; 祝好; 祝商祺; 顺祝商祺; 敬上; 谢谢; 此致敬禮; 順頌商祺; 감사합니다; 드림; trân trọng; thân ái; thân mến;
    ขอแสดงความนับถือ; salam; hormat kami; hormat saya; בברכה; בכבוד רב; תודה; مع تحياتي; تحياتي;
    مع التحية; مع خالص التحية
    """
    )
)
# Thanks are a closing only when a name or a signature follows; alone they are part of the answer.
THANKS = frozenset(
    words(
        """
    thanks; ta; tks; thank you; many thanks; thx; thanks a lot; thank you very much; tia; ty; thanks in
    advance; thank you in advance; thanks so much; thank you so much; with thanks; thanks again;
    much appreciated; danke; vielen dank; danke schön; besten dank; herzlichen dank; danke im
    voraus; vielen dank im voraus; merci; merci beaucoup; merci d'avance; merci par avance;
    gracias; muchas gracias; gracias de antemano; obrigado; obrigada; muito obrigado; muito
    obrigada; grazie; grazie mille; bedankt; dank je; dank u; alvast bedankt; bij voorbaat dank;
    tack; tack på förhand; tak; på forhånd tak; takk; på forhånd takk; kiitos; kiitos etukäteen;
    děkuji; díky; ďakujem; dziękuję; dzięki; спасибо; заранее спасибо; дякую; благодаря; hvala;
    köszönöm; mulțumesc; ευχαριστώ; teşekkürler; teşekkür ederim; aitäh; ačiū; paldies; cảm ơn;
    xin cảm ơn; ขอบคุณ; ขอบคุณครับ; ขอบคุณค่ะ; terima kasih; ありがとうございます; ありがとうございました; shukran;
    شكرا; شكراً
    """
    )
)

# "Je vous prie d'agréer, Madame, l'expression de mes salutations distinguées."
FORMAL_STARTS = words(
    """
    je vous prie d'agréer; je vous prie de croire; je vous prie de recevoir; je vous prie
    d'accepter; nous vous prions d'agréer; veuillez agréer; veuillez recevoir; veuillez croire;
    veuillez accepter; recevez
    """
)
FORMAL_WORDS = words("salutations; sentiments; considération; respects")
# "Thanks and kind regards": what joins two formulas.
JOINED_BY = words("and; &; und; et; y; e; en; og; och; ja; i; и; a; és; și; ve")
# "Grüße aus Bonn": what stands between a formula and a place.
FROM_A_PLACE = words("from; aus; vom; von; de; du; da; desde; dal; uit; från; fra; z; ze; iz; из")

# A paragraph that begins so, or holds two of the words below, is legal small print.
DISCLAIMER_STARTS = words(
    """
    confidentiality notice; confidentiality note; disclaimer; confidential; legal notice;
    privileged and confidential; important notice; notice of confidentiality; avis de; this
    email and any; this e-mail and any; this message and any; this email is confidential; this
    e-mail is confidential; this message is confidential; this message is intended; this email
    is intended; this e-mail is intended; this message contains confidential; this email
    contains; this e-mail contains; this e-mail message; this email message; the information
    contained in this; the information in this; the contents of this; the content of this email;
    the content of this message; this communication; this email (; this transmission; this
    electronic; if you are not the; please think before; this email was sent; diese e-mail;
    diese email; diese nachricht ist vertraulich; der inhalt dieser; vertraulich; diese mail;
    dieses e-mail; haftungsausschluss; vertraulichkeitshinweis; hinweis:; ce message et; ce
    courriel; ce message est; ce mail; cet e-mail; cette communication; avertissement;
    confidentialité; les informations contenues; le présent message; este mensaje; este correo;
    esta comunicación; aviso legal; aviso de confidencialidad; la información contenida;
    cláusula de confidencialidad; información confidencial; esta mensagem; este e-mail; este
    email; aviso de confidencialidade; as informações contidas; a informação contida; questo
    messaggio; questa e-mail; le informazioni contenute; avviso di riservatezza; ai sensi del;
    dit bericht; deze e-mail; dit e-mailbericht; deze email; de informatie in; de inhoud van
    dit; detta meddelande; detta e-post; denne e-mail; denne e-post; tämä viesti; tämä
    sähköposti; tato zpráva; tento e-mail; táto správa; niniejsza wiadomość; ta wiadomość; treść
    tej wiadomości; это сообщение; данное сообщение; настоящее сообщение; ez az üzenet; bu
    e-posta; bu mesaj; acest mesaj; acest e-mail; αυτό το μήνυμα; 本邮件; 此邮件; 本電子郵件; このメール; 本メール;
    이 메일; 본 메일; הודעה זו; هذه الرسالة; informacja prywatności
    """
)
DISCLAIMER_WORDS = words(
    """
    confidential; intended recipient; privileged; disclos; vertraulich; confidentiel;
    confidencial; riservat; vertrouwelijk; konfidenti; luottamuksel; poufn; důvěrn;
    конфиденциальн; gizli; 機密; 保密; destinataire; destinatari; empfänger; unauthori; sole use;
    addressee; dissemination; strictly prohibited
    """
)
# These prove nothing alone.
WEAK_DISCLAIMER_WORDS = words(
    """
    virus; notify the sender; delete; löschen; liability; recipient; copying; solely
    """
)
# Notices of scanners and the wish to save paper: enough by themselves.
NOTICE_STARTS = words(
    """
    please consider the environment; think before you print; before printing; this email has
    been scanned; this message has been scanned; scanned by; virus-free; no virus found; bitte
    denken sie an die umwelt; virenfrei; bitte prüfen sie der umwelt; denken sie an; pensez à
    l'environnement; avant d'imprimer; sans virus; antes de imprimir; libre de virus; piense en
    el medio; livre de vírus; diese e-mail wurde von avast; diese e-mail wurde auf viren; l'absence de virus dans ce; este correo electrónico ha sido comprobado; este e-mail foi verificado; deze e-mail is gecontroleerd; questa e-mail è stata controllata; this email has been checked; prima di stampare; privo di virus; virusvrij; www.avast.com
    """
)

# Lines of mailing lists and help desks; from here on nothing is the author's.
FOOTER_STARTS = words(
    """
    you received this message because; you are receiving this; to unsubscribe; unsubscribe;
    reply to this email directly; view it on github; to view this discussion; sie erhalten
    diese; this message was sent to you by; click here to unsubscribe; to stop receiving; manage
    your; visit this group at; for more options, visit; to post to this group; if you no longer
    wish; archives:; list archives; mailing list; to manage your subscription; pour se
    désabonner; vous recevez ce; um sich abzumelden; para cancelar; per annullare l'iscrizione;
    yahoo! groups; do you yahoo; yahoo! mail; --~--~; this email was sent to; powered by;
    afmelden
    """
)
# Banners that mail gateways put above what somebody wrote.
BANNER_STARTS = words(
    """
    caution: this email; caution: this message; caution: external; caution - external;
    [external]; external email; external sender; [extern]; warning: this email; external:; this
    message originated outside; this email originated; this message was sent from outside;
    achtung: diese e-mail; achtung! diese e-mail; vorsicht: diese; externe e-mail; **external;
    attention: this email; attention : ce; attention: external; attention! this; ce message
    provient; you don't often get email from; some people who received this message don't;
    zewnętrzn; sie erhalten nicht oft; sie erhalten nicht häufig; precaución: este; atención:
    este correo; vous ne recevez pas souvent; non si ricevono spesso; no suele recibir correos;
    let op: deze e-mail; u ontvangt niet vaak; [you don't often get; be careful with this
    message
    """
)
# "Reply above this line": two of these groups in one short line.
REPLY_VERBS = words(
    """
    reply; respond; write; type; antwort; schreiben; répond; écri; responda; escrib; rispond;
    scriv; respost; antwoord; reageer; typ; svar; skriv; vasta; odpov; odpowied; ответ; відпові;
    válasz; yanıt; 返信; 回复; 回覆; 답장; כתוב
    """
)
REPLY_ABOVE = words(
    """
    above this; above the line; above here; over this line; oberhalb dieser; über dieser; über
    diese; oberhalb der; au-dessus de cette; au dessus de cette; encima de esta; arriba de esta;
    por encima de; sopra questa; al di sopra; acima desta; acima dessa; boven deze; ovanför den
    här; ovanför denna; over denne; ovenfor denne; tämän rivin; nad tento; nad tímto; nad túto;
    powyżej tej; nad tą; выше этой; над этой; вище цього; e fölé; satırın üst; bu satırın;
    この行より上; 上に返信; 此行以上; 此線以上; 이 줄 위; מעל שורה; please reply above; reply via email by typing above;
    above this text; above this delimiter
    """
)
