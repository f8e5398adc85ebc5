using CsCheck;
using PhoneNumbers;

namespace UonOfferum.Tests.Unit.Shared.Fields;

using PhoneNumber = UonOfferum.Shared.Fields.PhoneNumber;

public sealed class PhoneNumberTests
{
    private static readonly PhoneNumberUtil Plan = PhoneNumberUtil.GetInstance();

    [Theory]
    [InlineData("+79001234567", "+79001234567")]
    [InlineData(" 79001234567", "+79001234567")]
    [InlineData("79001234567", "+79001234567")]
    [InlineData("89001234567", "+79001234567")]
    [InlineData("9001234567", "+79001234567")]
    [InlineData("8 (900) 123-45-67", "+79001234567")]
    [InlineData("+7(900)1234567", "+79001234567")]
    [InlineData("+ 7 900 123 45 67", "+79001234567")]
    [InlineData("(+7) 900 123-45-67", "+79001234567")]
    [InlineData("7-900-123-45-67", "+79001234567")]
    [InlineData("8.900.123.45.67", "+79001234567")]
    [InlineData("8 900 123–45–67", "+79001234567")]
    [InlineData("\u202a+7\u00a0900 123\u00ad-45-67\u202c", "+79001234567")]
    [InlineData("＋７９００１２３４５６７", "+79001234567")]
    [InlineData("моб. 8 (900) 123-45-67 Анна", "+79001234567")]
    [InlineData("8 (495) 123-45-67 доб. 12", "+74951234567")]
    [InlineData("8 (495) 123-45-67 ext 3", "+74951234567")]
    [InlineData("84951234567#12", "+74951234567")]
    [InlineData("WhatsApp:+79001234567", "+79001234567")]
    [InlineData("00 7 900 123 45 67", "+79001234567")]
    [InlineData("810 375 29 123 45 67", "+375291234567")]
    [InlineData("+375 (29) 123-45-67", "+375291234567")]
    [InlineData("375291234567", "+375291234567")]
    [InlineData("12 375291234567", "+375291234567")]
    [InlineData("00375291234567", "+375291234567")]
    [InlineData("380501234567", "+380501234567")]
    [InlineData("998901234567", "+998901234567")]
    [InlineData("+49 1512 3456789", "+4915123456789")]
    // A plus before the local form is forgiven.
    [InlineData("+8 900 123-45-67", "+79001234567")]
    [InlineData("+89001234567", "+79001234567")]
    // These hold the digits of a valid Russian number, too.
    [InlineData("+84951234567", "+84951234567")]
    [InlineData("＋84951234567", "+84951234567")]
    [InlineData("+52 999 123 4567", "+529991234567")]
    public void Reads_what_agencies_type_in_Russia(string raw, string expected)
    {
        Assert.True(PhoneNumber.TryRead(raw, "RU", out var phone));
        Assert.Equal(expected, phone.E164);
    }

    [Theory]
    [InlineData("8900 123 45 67, 8911 765 43 21")]
    [InlineData("89001234567/89117654321")]
    [InlineData("89001234567; +79117654321")]
    [InlineData("89001234567\n89117654321")]
    [InlineData("89001234567 89117654321")]
    [InlineData("8 900 123 45 67 8 911 765 43 21")]
    [InlineData("+79001234567+79117654321")]
    [InlineData("12345, 89001234567")]
    [InlineData("квартира 12, 8 900 123-45-67")]
    [InlineData("после 18:00 8 900 123-45-67")]
    [InlineData("12.05.2026 8 900 123-45-67")]
    [InlineData("+7 8 900 123 45 67")]
    [InlineData("12 900 123 45 67")]
    [InlineData("12 89001234567 15")]
    public void Takes_the_first_valid_number_of_several(string raw)
    {
        Assert.True(PhoneNumber.TryRead(raw, "RU", out var phone));
        Assert.Equal("+79001234567", phone.E164);
    }

    [Theory]
    [InlineData("8 029 123-45-67", "BY", "+375291234567", "BY")]
    [InlineData("80291234567", "BY", "+375291234567", "BY")]
    [InlineData("29 123-45-67", "BY", "+375291234567", "BY")]
    [InlineData("050 123 45 67", "UA", "+380501234567", "UA")]
    [InlineData("79001234567", "UA", "+79001234567", "RU")]
    [InlineData("8 701 123 45 67", "KZ", "+77011234567", "KZ")]
    [InlineData("8 701 123 45 67", "RU", "+77011234567", "KZ")]
    [InlineData("7011234567", "RU", "+77011234567", "KZ")]
    [InlineData("77011234567", "BY", "+77011234567", "KZ")]
    [InlineData("8 900 123 45 67", "KZ", "+79001234567", "RU")]
    [InlineData("8 900 123 45 67", "ru", "+79001234567", "RU")]
    [InlineData("+7 727 250 12 34", "RU", "+77272501234", "KZ")]
    public void Local_forms_use_the_default_country_and_numbers_have_their_own(string raw, string region, string e164, string country)
    {
        Assert.True(PhoneNumber.TryRead(raw, region, out var phone));
        Assert.Equal(new PhoneNumber(e164, country), phone);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("   ")]
    [InlineData("0")]
    [InlineData("нет")]
    [InlineData("telegram: @ivan")]
    [InlineData("112")]
    [InlineData("8 800")]
    [InlineData("8 (900) 123-45-6")]
    [InlineData("900123456")]
    [InlineData("+9001234567")]
    [InlineData("8 900 123\n45 67")]
    [InlineData("+7 900 123 45 678")]
    [InlineData("(495) 123-45-6")]
    [InlineData("+7 495 123 45 678")]
    [InlineData("00000000000")]
    [InlineData("+8001234567890")]
    [InlineData("99999999999999999999999999")]
    public void What_is_no_whole_valid_number_is_none(string? raw)
    {
        Assert.False(PhoneNumber.TryRead(raw, "RU", out var phone));
        Assert.Equal(default, phone);
    }

    [Fact]
    public void A_local_8_never_becomes_a_country_code()
    {
        // +84 37 123 45 67 exists in Vietnam; area code 437 does not exist in Russia.
        Assert.True(PhoneNumber.TryRead("+84371234567", "RU", out _));
        Assert.False(PhoneNumber.TryRead("84371234567", "RU", out _));
    }

    [Fact]
    public void A_short_piece_of_a_longer_number_is_none() => Assert.False(PhoneNumber.TryRead("5 29 123 45 67", "BY", out _));

    [Fact]
    public void A_valid_number_reads_the_same_however_it_is_written() =>
        (from region in Gen.OneOf("RU", "KZ", "BY", "UA", "UZ", "AM", "GE")
         from type in Gen.OneOf(PhoneNumberType.MOBILE, PhoneNumberType.FIXED_LINE)
         from digits in Gen.Char['0', '9'].Array[4]
         from style in Gen.Int[0, 7]
         select (region, type, digits, style)).Sample(given =>
        {
            // The example's last digits are replaced; what is not assigned in the plan is not a case.
            var example = Plan.Format(Plan.GetExampleNumberForType(given.region, given.type), PhoneNumberFormat.E164);
            var e164 = example[..^4] + new string(given.digits);
            var number = Plan.Parse(e164, null);
            if (!Plan.IsValidNumber(number))
            {
                return;
            }

            Assert.True(PhoneNumber.TryRead(Written(number, e164, given.style), given.region, out var phone));
            Assert.Equal(e164, phone.E164);
            Assert.Equal(given.region, phone.Country);
        });

    [Fact]
    public void No_text_makes_the_reader_throw_and_what_it_finds_it_finds_again() =>
        Gen.OneOf(Gen.String, Gen.OneOf("+", "8", "7", "900", "375", "(", ")", "-", " ", ",", "12", "0", "x", "\u202a").Array[0, 20].Select(string.Concat))
            .Sample(raw =>
            {
                if (PhoneNumber.TryRead(raw, "RU", out var phone))
                {
                    Assert.True(PhoneNumber.TryRead(phone.E164, "UA", out var again));
                    Assert.Equal(phone, again);
                }
            });

    private static string Written(PhoneNumbers.PhoneNumber number, string e164, int style) => style switch
    {
        0 => e164,
        1 => " " + e164[1..],
        2 => Plan.Format(number, PhoneNumberFormat.NATIONAL),
        3 => Plan.Format(number, PhoneNumberFormat.INTERNATIONAL),
        4 => "тел. " + Plan.Format(number, PhoneNumberFormat.INTERNATIONAL).Replace(' ', '-') + " Анна",
        5 => "00" + e164[1..],
        6 => Plan.Format(number, PhoneNumberFormat.NATIONAL) + ", доб. 12",
        _ => "\u202a" + Plan.Format(number, PhoneNumberFormat.INTERNATIONAL).Replace(' ', '\u00a0') + "\u202c",
    };
}
