using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;

namespace UonOfferum.Simulators;

/// <summary>The fields of a valid record, with names and values as in a live cabinet.</summary>
internal static class UonRecordFields
{
    // Cabinets show Moscow time, without an offset; Moscow has had no summer time since 2014.
    private static readonly TimeSpan Moscow = TimeSpan.FromHours(3);

    public static string Time(DateTimeOffset at) => at.ToOffset(Moscow).ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);

    public static JsonObject Lead(long id, InventedClient client, DateTimeOffset at) => Add(Common(id, client, at), new JsonObject
    {
        ["status_id"] = 1,
        ["status"] = "Новое обращение",
        ["client_requirements_country"] = "Турция",
        ["client_requirements_date_from"] = at.AddDays(45).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        ["client_requirements_nights_from"] = 7,
        ["client_requirements_budget"] = "180000",
        ["client_requirements_note"] = "Первая линия, двое взрослых и ребёнок",
    });

    public static JsonObject Request(long id, InventedClient client, DateTimeOffset at) => Add(Common(id, client, at), new JsonObject
    {
        ["dat_request"] = Time(at),
        ["status_id"] = 2,
        ["status"] = "В работе",
        ["tourists"] = new JsonArray(new JsonObject
        {
            ["u_id"] = client.Id,
            ["u_surname"] = client.Surname,
            ["u_name"] = client.Name,
            ["u_sname"] = client.Patronymic,
        }),
    });

    public static JsonObject User(InventedClient client) => new()
    {
        ["u_id"] = client.Id,
        ["u_surname"] = client.Surname,
        ["u_name"] = client.Name,
        ["u_sname"] = client.Patronymic,
        ["u_phone"] = client.Phone,
        ["u_phone_mobile"] = client.Phone,
        ["u_email"] = client.Email,
        ["u_note"] = "",
    };

    public static void Pad(JsonObject fields, int bytes)
    {
        var services = fields["services"]!.AsArray();
        var payments = fields["payments"]!.AsArray();
        var size = Encoding.UTF8.GetByteCount(fields.ToJsonString());
        for (var n = 1; size < bytes; n++)
        {
            var service = Service(n);
            var payment = Payment(n);
            size += Encoding.UTF8.GetByteCount(service.ToJsonString()) + Encoding.UTF8.GetByteCount(payment.ToJsonString());
            services.Add((JsonNode)service);
            payments.Add((JsonNode)payment);
        }
    }

    private static JsonObject Common(long id, InventedClient client, DateTimeOffset at) => new()
    {
        ["id"] = id,
        ["id_system"] = id + 200,
        ["dat_lead"] = Time(at),
        ["dat"] = Time(at),
        ["dat_close"] = null,
        ["dat_updated"] = Time(at),
        ["created_at"] = Time(at),
        ["date_begin"] = at.AddDays(45).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        ["date_end"] = at.AddDays(52).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        ["office_id"] = 3,
        ["office_name"] = "Офис на Лесной",
        ["travel_type_id"] = 1,
        ["travel_type"] = "Пляжный отдых",
        ["manager_id"] = 17,
        ["manager_surname"] = "Морозова",
        ["manager_sname"] = "Викторовна",
        ["manager_name"] = "Светлана",
        ["source_id"] = 4,
        ["source"] = "Сайт агентства",
        ["client_id"] = client.Id,
        ["client_surname"] = client.Surname,
        ["client_name"] = client.Name,
        ["client_sname"] = client.Patronymic,
        ["client_phone"] = client.Phone,
        ["client_phone_mobile"] = client.Phone,
        ["client_email"] = client.Email,
        ["is_archive"] = 0,
        ["notes"] = "",
        ["utm_source"] = "yandex",
        ["utm_medium"] = "cpc",
        ["utm_campaign"] = "leto",
        ["utm_content"] = "",
        ["utm_term"] = "",
        ["calc_price"] = "184500.00",
        ["services"] = new JsonArray(Service(0)),
        ["payments"] = new JsonArray(),
        ["extended_fields"] = new JsonArray(new JsonObject { ["id"] = 12, ["value"] = "" }),
    };

    private static JsonObject Service(int n) => new()
    {
        ["service_id"] = 900_000 + n,
        ["service_type"] = "Размещение в отеле",
        ["description"] = "Отель «Лазурный берег», 7 ночей, завтрак и ужин, номер с видом на море",
        ["country"] = "Турция",
        ["city"] = "Анталья",
        ["price"] = "92250,00",
        ["price_netto"] = null,
        ["currency"] = "RUB",
    };

    private static JsonObject Payment(int n) => new()
    {
        ["id"] = 700_000 + n,
        ["cio_id"] = "1",
        ["reason"] = "Предоплата по договору",
        ["price"] = 46_125.5,
        ["is_paid"] = true,
    };

    private static JsonObject Add(JsonObject fields, JsonObject more)
    {
        foreach (var (name, value) in more.ToList())
        {
            more.Remove(name);
            fields[name] = value;
        }

        return fields;
    }
}
