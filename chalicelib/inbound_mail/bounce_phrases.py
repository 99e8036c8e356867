"""How mail servers say, without a standard report, that they could not deliver. Data, casefolded."""

from chalicelib.inbound_mail.word_lists import words

DAEMONS = words(
    """
    mailer-daemon; mailer_daemon; maildaemon; mail-daemon; mailerdaemon; mailer daemon; mail
    delivery subsystem; mail delivery system; mail-delivery; mdaemon; mail deliver; internet mail
    delivery; mail system
    """
)
# People may be called so too.
POSTMASTERS = words(
    """
    postmaster; post_master; postmast; bounce; mailadmin; mailmaster; system administrator;
    postoffice; mail admin
    """
)
FORWARD_PREFIXES = words("fw:; fwd:; wg:; tr:; rv:; enc:; vs:; i:; doorst:; pd:; vb:; vl:")

SUBJECTS = words(
    """
    undeliver; undelivered; returned mail; mail returned; delivery status notification; delivery
    failure; delivery failed; delivery has failed; delivery problem; delivery report; delivery
    notification; delivery status; mail delivery; mail status report; failure notice; failed
    mail; mail failure; message status; nondeliverable; non-delivery; nondelivery; not
    delivered; not deliver; could not be delivered; cannot be delivered; unable to deliver; mail
    error; mail system error; returning message; error returned; message you sent blocked; user
    unknown; unknown user; delivery error; delivery delay; delayed mail; warning: could not
    send; warning: message; message delayed; delivery incomplete; delivery unsuccessful;
    rejected mail; message rejected; email delivery; email rejected; your message was blocked;
    returning to sender; returned to sender; notice: mail delivery; mail could not; e-mail could not; permanent delivery failure;
    bounced; bounce message; bounce notification; error sending your mail; undelivery; unzustellbar; nicht zugestellt; zustellung fehlgeschlagen;
    zustellungsfehler; mail nicht zustellbar; konnte nicht zugestellt; non remis; échec de la
    remise; échec de remise; non distribu; no se puede entregar; no entregado; no se pudo
    entregar; error de entrega; devuelto; não foi possível entregar; não entregue; falha na
    entrega; mensagem não; mancato recapito; non recapitabile; impossibile recapitare;
    onbestelbaar; niet bezorgd; kan inte levereras; olevererbart; ikke leveret; kunne ikke
    leveres; toimitus epäonnistui; ei voitu toimittaa; nedoručitelné; nedoručiteľné;
    niedostarcz; недоставлен; не доставлен; не удалось доставить; недостав; kézbesíthetetlen;
    teslim edilemedi; nelivrat; 配信不能; 送信できません; エラーメール; メールエラー; 配送エラー; 配信エラー; 送信エラー; 退信; 无法投递; 退件; 無法傳遞; 系统退信;
    배달 실패; 반송; 전송 실패
    """
)

# In the body of a mail from such a sender.
BODIES = words(
    """
    could not be delivered; unable to deliver; was not delivered; delivery failed;
    undeliverable; permanent error; permanent fatal error; delivery to the following; returned
    to sender; user unknown; unknown user; no such user; mailbox unavailable; mailbox not found;
    over quota; mailbox full; mailbox is full; recipient address rejected; address rejected;
    does not exist; couldn't be delivered; could not deliver; failed permanently; failed to
    deliver; bounced; message was undeliverable; not relayed; has been rejected; was rejected;
    was blocked; delivery error; transcript of session; below this line is a copy; original
    message follows; invalid recipient; invalid user; could not be delivered to; unrouteable; host unknown; delivery
    attempts; retry timeout exceeded; 5.1.1; failure reasons; returned message; konnte nicht
    zugestellt; nicht zugestellt werden; n'a pas pu être; no se pudo entregar; não pôde ser
    entregue; non è stato possibile; 送信できません; 送信されませんでした; 配信できません; 届けることができません; 見つかりません; 不存在;
    无法; не удалось; не может быть доставлен
    """
)

# Mailing lists that take no mail from strangers.
LIST_MANAGERS = words(
    """
    -admin@; -owner@; -bounces@; -request@; -help@; -return@; majordomo@; listserv@; mailman@;
    sympa@; ezmlm@; listmaster@; listproc@
    """
)
LIST_REFUSALS = words(
    """
    you are not a member of this mailing list; you are not a member of this list; you are not
    allowed to post; not allowed to post to this; has been automatically rejected; was
    automatically rejected; non-members are not allowed; posting to this list is not allowed;
    not authorized to post; not authorized to send; only subscribers may post
    """
)

# Reports of mail that arrived.
SUCCESSES = words(
    """
    successful; successfully; was delivered; has been delivered; delivered to the; delivery receipt;
    read receipt; confirmation; subscri
    """
)

# Below such a line stands a copy of the mail that came back.
COPY_BELOW = words(
    """
    below this line is a copy; a copy of the original message; copy of the message; original
    message follows; returned message; included is a copy; unsent message follows; unsent
    message below; original message header; original message headers; the original message;
    message header follows; received: from; return-path:; your message follows; text of your
    message; the header of the original; beginning of original message; copy of the original;
    message headers follow; original mail; undelivered message; message text follows; ------
    this is a copy; here is a copy; start of returned message; -------- returned mail; ----- original message; content of the; start of message; bounced e-mail; bounced message; your original
    message
    """
)

# Complaints that do not use the ARF format.
COMPLAINT_SUBJECTS = words(
    """
    complaint about message from; abuse report; spam report; email feedback report; email abuse
    report; [spam complaint]; complaint notification; spam complaint
    """
)
COMPLAINT_HEADERS = ("x-hmxmroriginalrecipient", "x-complaint-type")
