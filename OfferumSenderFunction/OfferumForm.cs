namespace UonOfferum.OfferumSenderFunction;

/// <summary>The order's form fields. Their names are settings because public samples of the network disagree about them.</summary>
internal static class OfferumForm
{
    /// <summary>The names from the source document, in its order.</summary>
    public static readonly IReadOnlyList<KeyValuePair<string, string>> Defaults =
    [
        new("default_country", "{country}"),
        new("phone", "{phone}"),
        new("name", "{client_name|client_surname|'Клиент'}"),
        new("order_time", "{order_time}"),
    ];
}
