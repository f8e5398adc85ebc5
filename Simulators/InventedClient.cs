using System.Globalization;

namespace UonOfferum.Simulators;

/// <summary>A client who does not exist, the same one for the same record.</summary>
internal sealed record InventedClient(long Id, string Surname, string Name, string Patronymic, string PhoneTail, bool Second)
{
    private static readonly (string Female, string Male)[] Surnames =
    [
        ("Ветрова", "Ветров"), ("Лугова", "Луговой"), ("Озерова", "Озеров"), ("Кленова", "Кленов"), ("Снегирёва", "Снегирёв"),
        ("Полянская", "Полянский"), ("Заречная", "Заречный"), ("Рябинина", "Рябинин"), ("Туманова", "Туманов"), ("Светлова", "Светлов"),
        ("Берёзкина", "Берёзкин"),
    ];

    private static readonly (string Female, string Male)[] Names =
    [
        ("Анна", "Алексей"), ("Мария", "Дмитрий"), ("Ольга", "Сергей"), ("Елена", "Андрей"), ("Наталья", "Михаил"), ("Ирина", "Павел"),
        ("Татьяна", "Игорь"),
    ];

    private static readonly (string Female, string Male)[] Patronymics =
    [
        ("Сергеевна", "Сергеевич"), ("Андреевна", "Андреевич"), ("Игоревна", "Игоревич"), ("Павловна", "Павлович"),
        ("Олеговна", "Олегович"),
    ];

    public string Phone => (Second ? "+7996" : "+7999") + PhoneTail;

    public string Email => string.Create(CultureInfo.InvariantCulture, $"client{Id}@example.org");

    public static InventedClient Of(UonRecordKind kind, long recordId)
    {
        // Leads and requests have separate id sequences; but their clients must still differ.
        var second = kind == UonRecordKind.Request;
        var isMale = recordId % 2 == 1;
        var tail = (1_000_000 + (recordId % 9_000_000)).ToString(CultureInfo.InvariantCulture);
        return new InventedClient(
            (recordId * 2) + (second ? 1 : 0) + 100_000,
            Pick(Surnames, recordId, isMale),
            Pick(Names, recordId, isMale),
            Pick(Patronymics, recordId, isMale),
            tail,
            second);
    }

    private static string Pick((string Female, string Male)[] from, long seed, bool isMale)
    {
        var pair = from[seed % from.Length];
        return isMale ? pair.Male : pair.Female;
    }
}
