using System.Globalization;
using UonOfferum.Shared.Journal;

namespace UonOfferum.OperationsFunction.Alerts;

/// <summary>Messages in the operators' language. They name codes, counts and pipelines; never a person, an order or a secret.</summary>
internal sealed class AlertWords(AlertSettings settings)
{
    private static readonly Dictionary<string, string> Remedies = new(StringComparer.Ordinal)
    {
        [ErrorCodes.RecordNotFound] = "В U-ON нет записи с таким номером. Проверьте номер и настройку Uon:Record, затем «Получить заново».",
        [ErrorCodes.NoPhone] = "Ни в записи, ни у клиента нет телефона. Впишите его в U-ON, затем «Получить заново».",
        [ErrorCodes.BadPhone] = "В поле телефона записан не телефон. Исправьте его и отправьте.",
        [ErrorCodes.AmbiguousKind] = "Под этим номером есть и обращение, и заявка. Укажите Uon:Record или события вебхука.",
        [ErrorCodes.UonUnavailable] = "U-ON не отвечал и после всех попыток. Когда он заработает, повторите всю группу.",
        [ErrorCodes.UonDenied] = "U-ON не принимает ключ. Проверьте Uon:ApiKey и список адресов у ключа в кабинете.",
        [ErrorCodes.UonInactive] = "API в кабинете U-ON выключен. Включите его на странице API / WebHooks.",
        [ErrorCodes.UonUnreadable] = "Ответ U-ON не похож на запись. Посмотрите на неё в U-ON и повторите.",
        [ErrorCodes.Denied("offerum")] = "Offerum не принимает ключ или не знает поток. Проверьте Offerum:ApiKey и Offerum:Flow (регистр букв важен).",
        [ErrorCodes.Unavailable("offerum")] = "Offerum не отвечает. Если это пройдёт само, делать ничего не нужно.",
        [ErrorCodes.Rejected("offerum")] = "Offerum отклонил заказ. Исправьте поле, которое он назвал, и отправьте, либо закройте.",
        [ErrorCodes.Unconfirmed("offerum")] = "Ответ Offerum непонятен. Найдите заказ в его кабинете: отметьте «Доставлено» или отправьте ещё раз.",
        [ErrorCodes.Uncertain] = "Заказ ушёл, а ответа не было. Найдите его в кабинете Offerum: отметьте «Доставлено» или отправьте ещё раз.",
        [ErrorCodes.Unreadable] = "В очереди лежало чужое сообщение. Оно сохранено; узнайте, кто ещё пишет в эти очереди.",
        [ErrorCodes.Crashed] = "Обработка упала несколько раз подряд. Подробности в журнале приложения; после исправления повторите.",
    };

    public AlertMessage Begun(AlertCause cause) => cause.Kind switch
    {
        AlertKind.Held => Message($"⛔ {cause.Pipeline}: {System(cause.Subject)} на удержании", cause, "Заявки ждут, ни одна не потеряна. Доступ проверяется сам; как только он заработает, заявки пойдут дальше."),
        AlertKind.Failures => Message($"⚠️ {Name(cause)}: {State(cause.Subject)}, {Count(cause)}", cause, null),
        AlertKind.Silence => Message($"🔕 {cause.Pipeline}: давно нет вебхуков", cause, "Проверьте, что в кабинете U-ON вебхук включён и адрес верен. Записи, о которых не сообщили, найдёт сверка."),
        AlertKind.Invalid => Message($"⛔ {cause.Pipeline}: настройки с ошибками, обработка не работает", cause, "Что исправить, написано на странице «Обработки»."),
        _ => throw new ArgumentOutOfRangeException(nameof(cause), cause.Kind, "Not a kind of alert."),
    };

    public AlertMessage Ended(AlertCause cause) => cause.Kind switch
    {
        AlertKind.Held => Message($"✅ {cause.Pipeline}: {System(cause.Subject)} снова работает", null, "Ожидавшие заявки идут дальше."),
        AlertKind.Silence => Message($"✅ {cause.Pipeline}: вебхуки снова приходят", null, null),
        AlertKind.Invalid => Message($"✅ {cause.Pipeline}: настройки исправлены", null, null),
        _ => throw new ArgumentOutOfRangeException(nameof(cause), cause.Kind, "Its end is no news."),
    };

    /// <param name="day">The day that ended or is under way, Moscow time.</param>
    /// <param name="pipelines">One line each.</param>
    public AlertMessage Daily(DateOnly day, IEnumerable<DailyLine> pipelines)
    {
        var lines = pipelines.Select(p =>
            $"{p.Pipeline}: получено {Number(p.Received)}, доставлено {Number(p.Delivered)}, дублей {Number(p.Duplicate)}, отклонено {Number(p.Rejected)}, "
            + $"ошибок {Number(p.Failed)}; ждут человека сейчас: {Number(p.Attention)}"
            + (p.Payouts.Count == 0 ? "" : $"; выплаты: {string.Join(", ", p.Payouts.Select(s => string.Create(CultureInfo.InvariantCulture, $"{s.Value:0.##} {s.Key}").TrimEnd()))}"));
        return new AlertMessage($"📊 Сводка за сутки, {day.ToString("dd.MM.yyyy", CultureInfo.InvariantCulture)}", WithLink(string.Join("\n", lines)));
    }

    private AlertMessage Message(string subject, AlertCause? cause, string? more)
    {
        var lines = new List<string>();
        if (cause?.Code is { } code)
        {
            lines.Add($"Причина: {code}. {Remedies.GetValueOrDefault(code, "")}".TrimEnd());
        }

        if (more is not null)
        {
            lines.Add(more);
        }

        if (cause is not null)
        {
            lines.Add($"Началось: {MoscowTime.Of(cause.Since).ToString("dd.MM.yyyy HH:mm", CultureInfo.InvariantCulture)} (МСК)");
        }

        return new AlertMessage(subject, WithLink(string.Join("\n", lines)));
    }

    private string WithLink(string text) => settings.ConsoleUrl is { } url ? $"{text}\n{url}".TrimStart() : text;

    private static string Name(AlertCause cause) => cause.Pipeline.Length > 0 ? cause.Pipeline : "очереди";

    private static string System(string gate) => gate switch
    {
        "uon" => "U-ON",
        "offerum" => "Offerum",
        _ => gate,
    };

    private static string State(string state) => state switch
    {
        nameof(OperationState.Failed) => "ошибка",
        nameof(OperationState.Rejected) => "отклонено",
        nameof(OperationState.Uncertain) => "неизвестно, дошёл ли заказ",
        nameof(OperationState.Unconfirmed) => "не подтверждено",
        _ => state,
    };

    private static string Count(AlertCause cause) => $"заявок: {Number(cause.Count)}{(cause.Capped ? "+" : "")}";

    private static string Number(long number) => number.ToString(CultureInfo.InvariantCulture);
}

/// <summary>One pipeline's last 24 hours.</summary>
internal sealed record DailyLine(
    string Pipeline, long Received, long Delivered, long Duplicate, long Rejected, long Failed, int Attention, IReadOnlyDictionary<string, decimal> Payouts);
