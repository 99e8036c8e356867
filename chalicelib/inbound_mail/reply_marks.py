"""Words by which mail clients and people mark what is not new in an answer, per language.

Data only, read by the cutting rules beside it. Everything is lower case and compared after
``str.casefold``. One row per language; a word that two languages share stands once.
"""

from chalicelib.inbound_mail.word_lists import words

# Labels of a header block -> what they mean. Outlook, Apple Mail, Gmail, Thunderbird, Foxmail.
FROM, SENT, TO, CC, SUBJECT, OTHER = "from", "sent", "to", "cc", "subject", "other"

_LABELS: dict[str, tuple[str, ...]] = {
    FROM: words(
        """
        from; von; de; da; van; från; fra; lähettäjä; od; от; від; feladó; kimden; gönderen; de
        la; expéditeur; remitente; remetente; mittente; afzender; absender; odesílatel;
        odosielateľ; nadawca; отправитель; od koho; expeditor; από; подател; pošiljatelj; šalje;
        saatja; siuntėjas; nuo; no; từ; người gửi; จาก; dari; daripada; 发件人; 寄件者; 寄件人; 差出人; 送信者;
        expeditorul; від кого; від; 送信元; 보낸 사람; 보낸사람; 发送者; מאת; من; de parte de; 발신; frá
        """
    ),
    SENT: words(
        """
        sent; date; gesendet; datum; envoyé; enviado; enviado el; enviada em; enviado em;
        enviada; fecha; data; inviato; verzonden; skickat; sendt; dato; lähetetty; päivämäärä;
        päiväys; odesláno; odoslané; dátum; wysłano; data wysłania; дата; отправлено; надіслано;
        elküldve; küldve; gönderildi; tarih; gönderme tarihi; trimis; dată; ημερομηνία;
        στάλθηκε; изпратено; poslano; poslato; saadetud; kuupäev; išsiųsta; nosūtīts; datums;
        data/ora; ngày; đã gửi; ส่ง; วันที่; dikirim; tanggal; tarikh; 发送时间; 发送日期; 日期; 时间; 寄件日期;
        傳送時間; 時間; 日時; 送信日時; 送信日; 日付; 보낸 날짜; 날짜; 보낸날짜; נשלח; תאריך; التاريخ; تاريخ; تم الإرسال;
        date d'envoi; le; sent on; sendedato; message du; envoyé le; wysłane; enviado el día
        """
    ),
    TO: words(
        """
        to; an; à; a; para; aan; till; til; vastaanottaja; komu; pro; do; кому; címzett; kime;
        alıcı; către; προς; до; za; prima; kellele; kam; đến; tới; ถึง; kepada; ke; 收件人; 收件者;
        destinatarul; pre; 送信先; 宛先; 받는 사람; 받는사람; אל; إلى; destinataire; destinatario; destinatário; empfänger; per;
        pour; adresat; k; получатель; saaja; adresāts; 수신
        """
    ),
    CC: words(
        """
        cc; kopie; copie; copia; copie à; cópia; kopia; kopi; kopio; bcc; kopija; копия; копію;
        копія; másolatot kap; bilgi; κοιν; κοιν.; 抄送; 副本; 副本抄送; 참조; עותק; نسخة; dw; kópia;
        másolat; สำเนา; tembusan; cópia para; i̇lgili
        """
    ),
    SUBJECT: words(
        """
        subject; betreff; objet; asunto; oggetto; assunto; onderwerp; ämne; emne; aihe; otsikko;
        předmět; predmet; temat; тема; tárgy; konu; subiect; subiectul; θέμα; относно; naslov;
        teema; tema; temats; chủ đề; tiêu đề; เรื่อง; perihal; subjek; perkara; 主题; 主旨; 件名; 主題;
        题目; 제목; נושא; الموضوع; sujet; título; assumpte; efni; asunto del mensaje
        """
    ),
    OTHER: words(
        """
        odgovori na; odpověď na; svar til; antwoord aan; vastaus; válaszcím; odpowiedź-do; răspuns
        către; ответ-кому; odpovedať-pre; svara till; yanıt adresi; кому відповісти; reply-to;
        antwort an; répondre à; responder a; rispondi a; attachments; anlagen; pièces
        jointes; adjuntos; allegati; anexos; importance; wichtigkeit; cci; importancia;
        importância; bijlagen; organization; organisation; newsgroups; priorität; priority;
        sensitivity; message-id; x-mailer; 返信先; 添付ファイル
        """
    ),
}
LABELS: dict[str, str] = {word: role for role, words in _LABELS.items() for word in words}

# "On <date>, <somebody> wrote:". A candidate line must hold one of these.
WROTE = words(
    """
    quoting; zitat von; citando; wrote; writes; schrieb; geschrieben; a écrit; écrit; escribió; escribio; ha escrito;
    escribía; ha scritto; scrive; scritto; escreveu; escreveram; schreef; geschreven; skrev;
    skreiv; kirjoitti; napsal; napísal; napisal; napisał; pisze; написал; пишет; писал; написав;
    пише; írta; yazdı; yazmış; şunu yazdı; a scris; έγραψε; написа; napisao; je napisal; piše;
    kirjutas; rašė; parašė; rakstīja; đã viết; viết; เขียนว่า; เขียน; menulis; 写道; 寫道; 寫到; 写到;
    さんは書きました; 書きました; さんのメール; のメッセージ; 님이 작성; 님이 씀; 작성함; כתב; כתבה; מאת; wiadomość napisana przez; كتب; كتبت; va escriure; ha
    escrit; idatzi; schreiff; skrifaði; geskryf; schrieben; sendte følgende; نوشت; ने लिखा
    """
)

# The same with less certainty: only with a date in front and a quote right below.
SAID = words(
    "said; says; nous a dit; a dit; sagte; dijo; disse; zei; sade; sagde; powiedział; сказал"
)
# How a line begins that names whom it quotes, with or without a colon.
QUOTING = words(
    "quoting; zitat von; citando; excerpts from; posted by; citát z; cytat; in article; selon"
)
# The first word of an attribution, with the blank behind it.
OPENERS = (
    *(
        word + " "
        for word in words(
            """
    on; am; le; el; il; em; op; den; dne; w dniu; dnia; a; în; in data; στις; vào; pada; il giorno;
    at; às; dňa; på; de; du; vom; na; dana; em data de; في; бүгін; kl.; ti; ma; ke; to; pe; la; su
    """
        )
    ),
    "在",
    "於",
    "בתאריך",
)
WEEKDAYS = words(
    """
    понедельник; вторник; среда; четверг; пятница; суббота; воскресенье; понеділок; вівторок;
    середа; четвер; п'ятниця; субота; неділя; monday; tuesday; wednesday; thursday; friday;
    saturday; sunday; montag; dienstag; mittwoch; donnerstag; freitag; samstag; sonntag
    """
)

# A line that holds only this, between dashes or alone: below it is another mail.
ORIGINAL = frozenset(
    words(
        """
    original message; mail original; courriel original; mail d'origine; ursprüngliche mail; original-mail; original mail; originele mail; reply message; antwort nachricht; oprindelig besked; original besked; original appointment; original email; originalnachricht; ursprüngliche
    nachricht; original-nachricht; ursprünglicher termin; message d'origine; message original;
    message initial; e-mail d'origine; mensaje original; mensagem original; messaggio originale;
    messaggio originario; oorspronkelijk bericht; origineel bericht; oorspronkelijke bericht;
    ursprungligt meddelande; originalmeddelande; oprindelig meddelelse; original meddelelse;
    opprinnelig melding; opprinnelig e-post; alkuperäinen viesti; původní zpráva; pôvodná
    správa; oryginalna wiadomość; wiadomość oryginalna; исходное сообщение; оригинальное
    сообщение; eredeti üzenet; orijinal mesaj; özgün ileti; mesaj original; mesajul original;
    αρχικό μήνυμα; оригинално съобщение; izvorna poruka; originalna poruka; izvirno sporočilo;
    originaalkiri; algne kiri; pradinis laiškas; sākotnējā ziņa; tin nhắn gốc; ข้อความต้นฉบับ;
    pesan asli; mesej asal; 原始邮件; 邮件原件; 原始信息; 原始郵件; 原始訊息; 原邮件; 元のメッセージ; original message元のメッセージ; 원본
    메시지; 원본 메일; ההודעה המקורית; הודעה מקורית; الرسالة الأصلية; missatge original; upphafleg
    skilaboð; вихідне повідомлення; oorspronklike boodskap; 回复的原邮件
    """
    )
)
FORWARDED = frozenset(
    words(
        """
    forwarded message; forwarded email; forwarded by; forwarded mail; begin forwarded message;
    weitergeleitete nachricht; anfang der weitergeleiteten nachricht; weitergeleitet von;
    message transféré; message transmis; début du message réexpédié; message réexpédié; début du
    message transféré; mensaje reenviado; inicio del mensaje reenviado; mensagem encaminhada;
    mensagem reencaminhada; início da mensagem reencaminhada; início da mensagem encaminhada;
    messaggio inoltrato; inizio messaggio inoltrato; inizio del messaggio inoltrato;
    doorgestuurd bericht; begin doorgestuurd bericht; vidarebefordrat meddelande;
    vidarebefordrat brev; vidarebefordrat mejl; vidarebefordrat e-post; videresendt meddelelse;
    start på videresendt besked; begynn videresendt melding; videresendt melding; start på
    videresendt e-mail; videresendt e-post; välitetty viesti; välitetty viesti alkaa;
    edelleenlähetetty viesti; přeposlaná zpráva; preposlaná správa; začátek přeposlané zprávy;
    začiatok preposlanej správy; wiadomość przekazana; przekazana wiadomość; początek
    przekazanej wiadomości; początek wiadomości przekazanej dalej; treść przekazanej wiadomości;
    пересылаемое сообщение; пересланное сообщение; начало переадресованного сообщения; начало
    пересылаемого сообщения; továbbított üzenet; переслане повідомлення; továbbított levél
    kezdete; iletilen mesaj; iletilmiş mesaj; iletilen e-posta; mesaj redirecționat; mesaj
    redirectat; προωθημένο μήνυμα; препратено съобщение; proslijeđena poruka; prosleđena poruka;
    posredovano sporočilo; edastatud kiri; edasisaadetud kiri; persiųstas laiškas; pārsūtītā
    ziņa; thư đã chuyển tiếp; tin nhắn đã chuyển tiếp; ข้อความที่ส่งต่อ; pesan terusan; pesan
    yang diteruskan; 转发的邮件; 转发邮件; 轉寄的郵件; 轉寄郵件; 轉寄訊息; 下面是被转发的邮件; 开始转发的邮件; 転送されたメッセージ; 転送メッセージ;
    転送メール; 전달된 메시지; 전달된 메일; הודעה שהועברה; הודעה מועברת; رسالة معاد توجيهها; الرسالة المعاد
    توجيهها; missatge reenviat; inici del missatge reenviat; mensaxe reenviada; fwd message;
    forwarded conversation; začátek přeposílané zprávy; započni proslijeđenu poruku; početak
    proslijeđene poruke; początek przekazywanej wiadomości; începe mesajul redirecționat; İleti
    başlangıcı; початок листа, що пересилається; İletilmiş Mesaj; İletilen İleti; iletilen ileti;
    перенаправлене повідомлення; перенаправленное сообщение; välitetty viesti / fwd.msg; preposlaná
    správa --- forwarded message; メッセージを転送; wiadomość przesłana dalej; 转发邮件信息; 转发的消息; forwarded
    message follows; message transféré ci-dessous; mensaje original reenviado
    """
    )
)
# Heads what a forum or a desk repeats below its notification.
HISTORY = frozenset(
    words(
        """
    previous replies; previous messages; earlier messages; message history; conversation history;
    ticket history; vorherige antworten; frühere nachrichten; bisheriger verlauf; réponses
    précédentes; messages précédents; historique; respuestas anteriores; mensajes anteriores;
    historial; respostas anteriores; mensagens anteriores; histórico; risposte precedenti; eerdere
    antwoorden; tidigare svar; tidligere svar; poprzednie odpowiedzi; предыдущие ответы; 過去の返信; 以前的回复
    """
    )
)

# Below what was forwarded.
FORWARD_ENDS = frozenset(
    words(
        """
    end forwarded message; end of forwarded message; end of message; ende der weitergeleiteten
    nachricht; fin du message réexpédié; fin du message transféré; fin del mensaje reenviado; fim
    da mensagem encaminhada; fim da mensagem reencaminhada; fine messaggio inoltrato; einde
    doorgestuurd bericht; конец пересылаемого сообщения; конец пересланного сообщения; koniec
    przekazanej wiadomości; 転送メッセージ終了
    """
    )
)
FORWARD_PREFIXES = frozenset(
    words(
        """
    fwd; fw; wg; weitergeleitet; tr; rv; enc; i; inoltro; doorst; vb; vl; videresendt; pd;
    przekazane; továbbítás; ilt; пересл; 转发; 轉寄; 転送; 전달; reenv; הועבר; vs: fwd; vidarebefordrat;
    redir.; redir; videresend; İLT; fwd.; fw.; fyrir; πρθ; yönlendirme; إعادة توجيه
    """
    )
)

# "Sent from my iPhone" and its like; a line that begins so and stays short.
SENT_FROM = words(
    """
    sent from; sent via; sent with; sent using; sent wirelessly; sent on the go; please excuse my
    brevity; please excuse any typos; please excuse typos; excuse my brevity; typed with my; get
    outlook for; von meinem; von unterwegs;
    gesendet von; gesendet mit; gesendet via; diese nachricht wurde von; von samsung; outlook
    für; holen sie sich outlook; laden sie outlook für; envoyé de; envoyé depuis; envoyé à
    partir; envoyé avec; envoyé sans fil; obtenir outlook; télécharger outlook; enviado desde; enviado do;
    enviado de; enviado con; enviado pelo; enviado via; enviado a partir; enviado através; enviada do; obtener outlook; obter o
    outlook; descarga outlook; inviato da; inviato dal; inviato con; ottieni outlook; scarica
    outlook; verzonden vanaf; verstuurd vanaf; verzonden met; verstuurd met; outlook voor;
    verzonden via; skickat från; skickat från min; hämta outlook; sendt fra; hent outlook;
    lähetetty; hanki outlook; odesláno z; získat outlook; odoslané z; wysłano z; wysłane z;
    pobierz outlook; отправлено с; отправлено из; получить outlook; надіслано з; küldve; elküldve az; az én;
    iphone'umdan gönderildi; ipad'imden gönderildi; trimis de pe; trimis din; στάλθηκε από; αποστολή από;
    изпратено от; poslano s; poslano z; saadetud minu; išsiųsta iš; nosūtīts no; đã gửi từ;
    ส่งจาก; dikirim dari; 发自我的; 發自我的; 來自我的; 从我的; 從我的; 傳送自; 从 windows; 從 windows; gửi từ; iphoneから送信; ipadから送信; iphone에서 보냄; 나의 iphone에서
    보냄; 내 iphone에서 보냄; נשלח מ; أرسلت من; أُرسلت من; enviat des; enviado do meu; posted with;
    composed on; typed on; via mobile
    """
)
SENT_FROM_INSIDE = words(
    """
    smartphone gesendet; handy gesendet; から送信; 에서 보냄; 에서 보낸; gönderildi; 発信元
    """
)
