namespace LeftBehind.Population.People;

/// <summary>Chinese names, most of three characters. Some given names are so rare that finding one in a log is no accident.</summary>
internal static class Names
{
    private static readonly string[] Surnames = Each("王李张刘陈杨黄赵周吴徐孙朱马胡郭林何高梁郑罗宋谢唐韩曹许邓萧冯曾程蔡彭潘袁于董余苏叶吕魏蒋田杜丁沈姜范江傅钟卢汪戴崔任陆廖姚方金邱夏谭韦贾邹石熊孟秦阎薛侯雷白龙段郝孔邵史毛常万顾赖武康贺严尹钱施牛洪龚");
    private static readonly string[] Male = Each("伟强军磊洋勇杰涛明超刚平辉健俊帆龙宇浩轩泽博文斌鹏飞凯林峰志远翔天佑子涵梓睿晨阳家豪嘉树承恩国栋建业海波世昌永康振华");
    private static readonly string[] Female = Each("芳娜敏静丽艳娟霞秀英慧巧美玉兰凤洁梅琳素云莲雪荣爱妹香月莺媛瑞凡佳嘉琼勤珍贞莉桂思雨欣怡诗涵梦瑶雅婷可馨佩琪语嫣若曦");
    private static readonly string[] CompoundSurnames = ["欧阳", "上官", "司马", "诸葛", "慕容", "令狐", "皇甫", "尉迟"];
    private static readonly string[] Distinctive = ["彧珺", "骉曌", "翀翯", "旻昊", "赟喆", "堃焱", "瀚淼", "玥犇", "祎霂", "晟睿暘"];

    public static string Surname(Dice dice) => dice.PerMille(12) ? dice.Pick(CompoundSurnames) : dice.Pick(Surnames);

    public static string Given(Dice dice, bool male)
    {
        if (dice.PerMille(20))
            return dice.Pick(Distinctive);
        var characters = male ? Male : Female;
        return dice.PerMille(40) ? dice.Pick(characters) : dice.Pick(characters) + dice.Pick(characters);
    }

    /// <summary>The same name with a character typed wrong.</summary>
    public static string Mistyped(string name) => name[..^1] + (name[^1] == '霖' ? '琳' : '霖');

    private static string[] Each(string characters) => [.. characters.Distinct().Select(c => c.ToString())];
}
